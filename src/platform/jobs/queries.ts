import type { Selectable } from 'kysely'
import { type Db, forUpdateSkipLocked, type JobsTable, type Tx } from '../store/index.ts'

export type JobRow = Selectable<JobsTable>

export type NewJob = { name: string; payload: string; key: string | null; run_at: number; created_at: number }

/**
 * A waiting job with the same key stays the one there is, and runs at the earlier of both times. It is written to even
 * when nothing changes: nobody can then claim it before this transaction's own changes are there for it to see.
 */
export async function insertJob(tx: Tx, job: NewJob): Promise<void> {
  await tx
    .insertInto('jobs')
    .values(job)
    .onConflict(conflict =>
      conflict.column('key').doUpdateSet(({ eb, ref }) => ({
        run_at: eb
          .case()
          .when(ref('excluded.run_at'), '<', ref('jobs.run_at'))
          .then(ref('excluded.run_at'))
          .else(ref('jobs.run_at'))
          .end(),
      })),
    )
    .execute()
}

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

/** Those of `names` whose time has come, or that nobody has ever run, or whose next time is further off than `latest`. */
export async function schedulesNotDue(
  db: Db,
  schedules: readonly { name: string; latest: number }[],
  now: number,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('schedules')
    .selectAll()
    .where(
      'name',
      'in',
      schedules.map(({ name }) => name),
    )
    .execute()
  const latest = new Map(schedules.map(({ name, latest }) => [name, latest]))
  return new Set(
    rows
      .filter(row => row.next_run_at > now && row.next_run_at <= (latest.get(row.name) ?? now))
      .map(({ name }) => name),
  )
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
