import type { Selectable } from 'kysely'
import { type Db, type EventsTable, forUpdateSkipLocked, type Given, hotQuery, type Tx } from '../../store/index.ts'

export type EventRow = Selectable<EventsTable>

export async function insertEvent(tx: Tx, name: string, payload: string, now: number): Promise<void> {
  await newEvent(tx, { name, payload, now })
}

const newEvent = hotQuery((db, given: Given<{ name: string; payload: string; now: number }>) =>
  db.insertInto('events').values({ name: given.name, payload: given.payload, due_at: given.now }),
)

const dueEvents = (db: Db, now: number) =>
  db.selectFrom('events').select('id').where('failed_at', 'is', null).where('due_at', '<=', now).orderBy('id')

/** The oldest that are due, without taking them. */
export async function dueEventIds(db: Db, now: number, limit: number): Promise<number[]> {
  const rows = await dueEvents(db, now).limit(limit).execute()
  return rows.map(({ id }) => id)
}

/** Takes these out for good, unless another process is at it; they come back when the transaction fails. */
export async function takeEvents(tx: Tx, ids: readonly number[]): Promise<EventRow[]> {
  const rows = await tx
    .deleteFrom('events')
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('events')
        .select('id')
        .where('id', 'in', [...ids])
        .where('failed_at', 'is', null)
        .$call(forUpdateSkipLocked(tx)),
    )
    .returningAll()
    .execute()
  return rows.sort((a, b) => a.id - b.id)
}

export async function putEventOff(
  db: Db,
  id: number,
  values: Pick<EventRow, 'attempts' | 'due_at' | 'error' | 'failed_at'>,
): Promise<void> {
  await db.updateTable('events').set(values).where('id', '=', id).execute()
}

export async function eventById(db: Db, id: number): Promise<EventRow | undefined> {
  return db.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst()
}
