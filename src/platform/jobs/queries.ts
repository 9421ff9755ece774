import type { Selectable } from 'kysely'
import {
  type Db,
  forUpdateSkipLocked,
  type Given,
  hotQuery,
  type JobsTable,
  type SchedulesTable,
  type Tx,
} from '../store/index.ts'

export type JobRow = Selectable<JobsTable>

export type NewJob = { name: string; payload: string; key: string | null; run_at: number; created_at: number }

/**
 * A waiting job with the same key stays the one there is, and runs at the earlier of both times. It is written to even
 * when nothing changes: nobody can then claim it before this transaction's own changes are there for it to see.
 */
export async function insertJob(tx: Tx, job: NewJob): Promise<void> {
  await newJob(tx, job)
}

const newJob = hotQuery((db, given: Given<NewJob>) =>
  db
    .insertInto('jobs')
    .values({
      name: given.name,
      payload: given.payload,
      key: given.key,
      run_at: given.run_at,
      created_at: given.created_at,
    })
    .onConflict(conflict =>
      conflict.column('key').doUpdateSet(({ eb, ref }) => ({
        run_at: eb
          .case()
          .when(ref('excluded.run_at'), '<', ref('jobs.run_at'))
          .then(ref('excluded.run_at'))
          .else(ref('jobs.run_at'))
          .end(),
      })),
    ),
)

type Wanted = { names: readonly string[]; now: number }

/** The one that has been due longest. What another process let go of (its time is up) counts too. */
const dueJob = (db: Db, { names, now }: Wanted) =>
  db
    .selectFrom('jobs')
    .select('id')
    .where('failed_at', 'is', null)
    .where('run_at', '<=', now)
    .where('name', 'in', names)
    .where(({ eb }) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .orderBy('run_at')
    .orderBy('id')
    .limit(1)

/** Whether there is one; another process may take it before us. */
export async function isJobDue(db: Db, wanted: Wanted): Promise<boolean> {
  return (await dueJob(db, wanted).executeTakeFirst()) !== undefined
}

/** The job that has been due longest, ours until `until`. */
export async function claimJob(db: Db, wanted: Wanted & { until: number }): Promise<JobRow | undefined> {
  return db
    .updateTable('jobs')
    .set(({ eb }) => ({ claimed_until: wanted.until, attempts: eb('attempts', '+', 1), key: null }))
    .where('id', '=', dueJob(db, wanted).$call(forUpdateSkipLocked(db)))
    .returningAll()
    .executeTakeFirst()
}

/** Each claim counts an attempt: whoever holds an older one has lost the job and changes nothing. */
const held = (db: Db, { id, attempts }: JobRow) =>
  db.updateTable('jobs').where('id', '=', id).where('attempts', '=', attempts)

export async function keepClaim(db: Db, job: JobRow, until: number): Promise<void> {
  await held(db, job).set({ claimed_until: until }).execute()
}

export async function postponeJob(db: Db, job: JobRow, runAt: number, error: string): Promise<void> {
  await held(db, job).set({ claimed_until: null, run_at: runAt, error }).execute()
}

export async function failJob(db: Db, job: JobRow, now: number, error: string): Promise<void> {
  await held(db, job).set({ claimed_until: null, failed_at: now, error }).execute()
}

export async function deleteJob(db: Db, { id, attempts }: JobRow): Promise<void> {
  await db.deleteFrom('jobs').where('id', '=', id).where('attempts', '=', attempts).execute()
}

/** When each of these is next to run, of those that were ever run. */
export async function nextRuns(db: Db, names: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.selectFrom('schedules').select(['name', 'next_run_at']).where('name', 'in', names).execute()
  return new Map(rows.map(row => [row.name, row.next_run_at]))
}

/** Whether this process is the one that runs it now: the next time is set by the first to ask. */
export async function takeTurn(tx: Tx, name: string, now: number, next: number): Promise<boolean> {
  const taken = await tx
    .insertInto('schedules')
    .values({ name, next_run_at: next })
    .onConflict(conflict =>
      conflict
        .column('name')
        .doUpdateSet({ next_run_at: next })
        .where(({ eb }) => eb.or([eb('schedules.next_run_at', '<=', now), eb('schedules.next_run_at', '>', next)])),
    )
    .returning('name')
    .executeTakeFirst()
  return taken !== undefined
}

/** How a job went that comes again by itself. */
export interface Run {
  readonly at: number
  readonly ms: number
  /** What it failed with. */
  readonly error?: string
}

export async function noteRun(tx: Db, name: string, { at, ms, error }: Run): Promise<void> {
  await tx
    .updateTable('schedules')
    .set({
      last_run_at: at,
      last_run_ms: ms,
      last_error: error ?? null,
      ...(error !== undefined && { last_failed_at: at }),
    })
    .where('name', '=', name)
    .execute()
}

export type ScheduleRow = Selectable<SchedulesTable>

export async function scheduleRows(db: Db): Promise<ScheduleRow[]> {
  return db.selectFrom('schedules').selectAll().execute()
}

/** Jobs that nobody has given up, by name: how many wait, how many are being done, and the time of the one that is first. */
export async function jobsInLine(db: Db, now: number) {
  const rows = await db
    .selectFrom('jobs')
    .select(eb => [
      'name',
      eb.fn.countAll<number>().as('all'),
      eb.fn.sum<number>(eb.case().when('claimed_until', '>', now).then(1).else(0).end()).as('running'),
      eb.fn.min('run_at').as('first'),
    ])
    .where('failed_at', 'is', null)
    .groupBy('name')
    .orderBy('name')
    .execute()
  return rows.map(({ name, all, running, first }) => ({
    name,
    waiting: Number(all) - Number(running),
    running: Number(running),
    first: Number(first),
  }))
}

/** From now on it is next to run then; one that was never run stays as it is. */
export async function setNextRun(tx: Db, name: string, at: number): Promise<void> {
  await tx.updateTable('schedules').set({ next_run_at: at }).where('name', '=', name).execute()
}
