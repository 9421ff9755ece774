import { type Db, withoutSync } from '../store/index.ts'
import { claimJob, deleteJob, failJob, isJobDue, type JobRow, keepClaim, postponeJob } from './queries.ts'

/** Answers a job. The payload is what was enqueued, read back from JSON. */
export type Handler = (payload: never, context: { db: Db }) => unknown

/** By the name under which jobs are enqueued. */
export type Handlers = Readonly<Record<string, Handler>>

export type JobReport = { name: string; id: number; attempts: number; error?: unknown }

const minute = 60_000

/** A job whose process dies is taken up again after this long; one that is being worked on renews it. */
const lease = 5 * minute

const mostAttempts = 6

/** Claims and runs the next job that is due, and says how it went; undefined when there is none. Never throws for a job. */
export async function runNextJob(db: Db, handlers: Handlers, clock: () => number): Promise<JobReport | undefined> {
  const job = await claimNext(db, handlers, clock())
  if (!job) return undefined
  const { name, id, attempts } = job
  try {
    if (attempts > mostAttempts) throw new Error('It never came to an end')
    await handle(db, handlers, job)
  } catch (error) {
    await putAside(db, job, error, clock())
    return { name, id, attempts, error }
  }
  // A job may run more than once, and after a power cut those that ended in the last moments do.
  await withoutSync(db, tx => deleteJob(tx, job))
  return { name, id, attempts }
}

/** Looks first, because mostly there is none. A claim that a power cut takes back is one of a process that is gone. */
async function claimNext(db: Db, handlers: Handlers, now: number): Promise<JobRow | undefined> {
  const names = Object.keys(handlers)
  if (!(await isJobDue(db, { names, now }))) return undefined
  return withoutSync(db, tx => claimJob(tx, { names, now, until: now + lease }))
}

async function handle(db: Db, handlers: Handlers, job: JobRow): Promise<void> {
  const handler = handlers[job.name]
  if (!handler) throw new Error(`Nothing answers ${job.name}`)
  const renew = setInterval(() => {
    withoutSync(db, tx => keepClaim(tx, job, Date.now() + lease)).catch(() => {})
  }, lease / 3)
  try {
    await handler(JSON.parse(job.payload) as never, { db })
  } finally {
    clearInterval(renew)
  }
}

async function putAside(db: Db, job: JobRow, error: unknown, now: number): Promise<void> {
  const words = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000)
  if (job.attempts >= mostAttempts) await failJob(db, job, now, words)
  else await postponeJob(db, job, now + pauseAfter(job.attempts), words)
}

/** 10 s, 40 s, 160 s, ... and an hour at most. */
function pauseAfter(attempts: number): number {
  return Math.min(10_000 * 4 ** (attempts - 1), 60 * minute)
}
