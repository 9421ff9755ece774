import type { Db, Tx } from '../store/index.ts'

/** A job, or what happened and somebody was to answer, that was given up after several tries. */
export interface FailedWork {
  readonly kind: 'job' | 'event'
  readonly id: number
  readonly name: string
  readonly attempts: number
  readonly failedAt: number
  /** What went wrong the last time. */
  readonly error: string
}

export type WorkRef = Pick<FailedWork, 'kind' | 'id'>

const tables = { job: 'jobs', event: 'events' } as const

/** The name of a job that has a list elsewhere, and is neither shown nor touched here. */
export interface Elsewhere {
  readonly except: string
}

/** What was given up, the last first. */
export async function failedWork(db: Db, limit: number, { except }: Elsewhere): Promise<FailedWork[]> {
  const lists = await Promise.all(
    (['job', 'event'] as const).map(async kind => {
      const rows = await given(db, kind, except)
        .orderBy('failed_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ failed_at, error, ...row }) => ({
        ...row,
        kind,
        failedAt: Number(failed_at),
        error: error ?? '',
      }))
    }),
  )
  return lists.flat().sort((a, b) => b.failedAt - a.failedAt)
}

/** How much was given up. */
export async function countFailedWork(db: Db, { except }: Elsewhere): Promise<number> {
  const counts = await Promise.all(
    (['job', 'event'] as const).map(async kind => {
      const row = await given(db, kind, except)
        .clearSelect()
        .select(eb => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(row.n)
    }),
  )
  return counts.reduce((sum, n) => sum + n, 0)
}

const given = (db: Db, kind: FailedWork['kind'], except: string) =>
  db
    .selectFrom(tables[kind])
    .select(['id', 'name', 'attempts', 'failed_at', 'error'])
    .where('failed_at', 'is not', null)
    .where('name', '!=', except)

/** Has it done as if for the first time; false when it was not given up, or is gone. */
export async function retryWork(
  tx: Tx,
  { kind, id }: WorkRef,
  { except }: Elsewhere,
  now = Date.now(),
): Promise<boolean> {
  const anew = { failed_at: null, attempts: 0, error: null }
  const given = tx.selectFrom(tables[kind]).select('id').where('failed_at', 'is not', null).where('name', '!=', except)
  const isGiven = await given.where('id', '=', id).executeTakeFirst()
  if (!isGiven) return false
  if (kind === 'job')
    await tx
      .updateTable('jobs')
      .set({ ...anew, claimed_until: null, run_at: now })
      .where('id', '=', id)
      .execute()
  else
    await tx
      .updateTable('events')
      .set({ ...anew, due_at: now })
      .where('id', '=', id)
      .execute()
  return true
}

/** Strikes it off the list, undone as it is; false when it was not given up, or is gone. */
export async function forgetWork(tx: Tx, { kind, id }: WorkRef, { except }: Elsewhere): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom(tables[kind])
    .where('id', '=', id)
    .where('failed_at', 'is not', null)
    .where('name', '!=', except)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
