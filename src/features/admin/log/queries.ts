import type { Insertable, Selectable } from 'kysely'
import { type AdminLogTable, type Db, forUpdate, type Tx } from '../../../platform/store/index.ts'

type Row = Selectable<AdminLogTable>

export interface LogFilter {
  readonly room: string | null
  /** The administrator who did it. */
  readonly by: number | null
  /** The member whom it was about. */
  readonly member: number | null
}

export async function insertEntry(tx: Db, entry: Insertable<AdminLogTable>): Promise<number> {
  const { id } = await tx.insertInto('admin_log').values(entry).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Newest first, with the names of those who are named, and how many there are. */
export async function findEntries(db: Db, filter: LogFilter, part: { limit: number; offset: number }) {
  const found = db
    .selectFrom('admin_log')
    .$if(filter.room !== null, query => query.where('room', '=', filter.room ?? ''))
    .$if(filter.by !== null, query => query.where('done_by_id', '=', filter.by))
    .$if(filter.member !== null, query => query.where('admin_log.member_id', '=', filter.member))
  const rows = await found
    .leftJoin('members as actor', 'actor.id', 'admin_log.done_by_id')
    .leftJoin('members as subject', 'subject.id', 'admin_log.member_id')
    .leftJoin('members as undoer', 'undoer.id', 'admin_log.undone_by_id')
    .selectAll('admin_log')
    .select(['actor.name as by_name', 'subject.name as member_name', 'undoer.name as undone_by_name'])
    .orderBy('admin_log.id', 'desc')
    .limit(part.limit)
    .offset(part.offset)
    .execute()
  const { total } = await found.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { rows, total: Number(total) }
}

/** How these members are called, by their ids. */
export async function namesOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('members')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The rooms and the people that stand in the log. */
export async function logChoices(db: Db) {
  const rooms = await db.selectFrom('admin_log').select('room').distinct().orderBy('room').execute()
  const people = await db
    .selectFrom('members')
    .select(['id', 'name'])
    .where('id', 'in', db.selectFrom('admin_log').select('done_by_id').where('done_by_id', 'is not', null))
    .orderBy('name_key')
    .execute()
  return { rooms: rooms.map(({ room }) => room), people }
}

/** The entry, which nobody else changes before the transaction ends. */
export async function lockEntry(tx: Tx, id: number): Promise<Row | undefined> {
  return tx.selectFrom('admin_log').selectAll().where('id', '=', id).$call(forUpdate(tx)).executeTakeFirst()
}

export async function markUndone(tx: Tx, id: number, by: number, at: number): Promise<void> {
  await tx.updateTable('admin_log').set({ undone_at: at, undone_by_id: by }).where('id', '=', id).execute()
}
