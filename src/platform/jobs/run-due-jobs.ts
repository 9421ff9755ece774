import type { Db } from '../store/index.ts'
import { type Handlers, runNextJob } from './run-job.ts'

/**
 * Does everything that is due (at `now`, when it is given), one after the other, what that enqueues included, and says how many jobs it
 * did. Throws the first job's error at the end; the job itself waits for its next attempt. For tests and commands.
 */
export async function runDueJobs(db: Db, handlers: Handlers, now?: number): Promise<number> {
  const errors: unknown[] = []
  let done = 0
  for (;;) {
    const report = await runNextJob(db, handlers, () => now ?? Date.now())
    if (!report) break
    if ('error' in report) errors.push(report.error)
    else done++
  }
  if (errors.length > 0) throw errors[0]
  return done
}
