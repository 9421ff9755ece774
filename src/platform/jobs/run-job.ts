import { type Db, withoutSync } from '../store/index.ts'
import { claimJob, deleteJob, failJob, isJobDue, type JobRow, keepClaim, noteRun, postponeJob } from './queries.ts'

/** Answers a job. The payload is what was enqueued, read back from JSON. */
export type Handler = (payload: never, context: { db: Db }) => unknown

/** By the name under which jobs are enqueued. */
export type Handlers = Readonly<Record<string, Handler>>

export type JobReport = { name: string; id: number; attempts: number; error?: unknown }

const minute = 60_000

/** A job whose process dies is taken up again after this long; one that is being worked on renews it. */
const lease = 5 * minute

const mostAttempts = 6

const none: ReadonlySet<string> = new Set()

/**
 * Claims and runs the next job that is due, and says how it went; undefined when there is none. Never throws for a job. How
 * one of the `scheduled` names went is written down.
 */
export async function runNextJob(
  db: Db,
  handlers: Handlers,
  clock: () => number,
  scheduled: ReadonlySet<string> = none,
): Promise<JobReport | undefined> {
  const job = await claimNext(db, handlers, clock())
  if (!job) return undefined
  const { name, id, attempts } = job
  const began = clock()
  const note = async (tx: Db, error?: string) => {
    if (scheduled.has(name)) await noteRun(tx, name, { at: began, ms: clock() - began, ...(error && { error }) })
  }
  try {
    if (attempts > mostAttempts) throw new Error('It never came to an end')
    await handle(db, handlers, job)
  } catch (error) {
    await putAside(db, job, error, clock())
    await withoutSync(db, tx => note(tx, wordsOf(error)))
    return { name, id, attempts, error }
  }
  // A job may run more than once, and after a power cut those that ended in the last moments do.
  await withoutSync(db, async tx => {
    await deleteJob(tx, job)
    await note(tx)
  })
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
  const words = wordsOf(error)
  if (job.attempts >= mostAttempts) await failJob(db, job, now, words)
  else await postponeJob(db, job, now + pauseAfter(job.attempts), words)
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000)
}

/** 10 s, 40 s, 160 s, ... and an hour at most. */
function pauseAfter(attempts: number): number {
  return Math.min(10_000 * 4 ** (attempts - 1), 60 * minute)
}
