import { enqueue, jobsInLine, type Schedule, scheduleKey, scheduleRows } from '../../platform/jobs/index.ts'
import { isPhrase } from '../../platform/locale/index.ts'
import type { Db, Tx } from '../../platform/store/index.ts'

/** What comes again by itself, and how it went the last time. */
export interface Task {
  readonly name: string
  /** What it is called: a phrase key. */
  readonly words: string | null
  /** How often, in milliseconds; null: at a time of the day. */
  readonly everyMs: number | null
  readonly lastAt: number | null
  readonly lastMs: number | null
  /** What it failed with; null: it went well, or was never run. */
  readonly error: string | null
  /** null: at the next look for work. */
  readonly nextAt: number | null
  readonly running: boolean
  readonly waiting: boolean
}

/** Every task, whichever process does it. */
export async function tasksPage(db: Db, schedule: readonly Schedule[], now = Date.now()): Promise<Task[]> {
  const rows = new Map((await scheduleRows(db)).map(row => [row.name, row]))
  const jobs = new Map((await jobsInLine(db, now)).map(job => [job.name, job]))
  return schedule.map(({ name, everyMs, next }) => {
    const row = rows.get(name)
    const job = jobs.get(name)
    return {
      name,
      words: taskWords(name),
      everyMs: next ? null : everyMs,
      lastAt: row?.last_run_at ?? null,
      lastMs: row?.last_run_ms ?? null,
      error: row?.last_error ?? null,
      nextAt: row?.next_run_at ?? null,
      running: (job?.running ?? 0) > 0,
      waiting: (job?.waiting ?? 0) > 0,
    }
  })
}

/** Has a task done by whichever process comes first; false when one is at it. */
export async function runNow(tx: Tx, name: string, now = Date.now()): Promise<boolean> {
  const job = (await jobsInLine(tx, now)).find(one => one.name === name)
  if (job && job.running > 0) return false
  await enqueue(tx, name, null, { key: scheduleKey(name), runAt: now })
  return true
}

/** What work of this name is called: a phrase key; null for one that only other code knows. */
export function taskWords(name: string): string | null {
  const key = `tasks.${name.replaceAll('.', '_')}`
  return isPhrase(key) ? key : null
}
