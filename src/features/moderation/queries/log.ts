import type { Insertable, Selectable } from 'kysely'
import type { Db, ModerationLogTable, Tx } from '../../../platform/store/index.ts'

export type LogRow = Selectable<ModerationLogTable>

/** Writes down what was done; its id. */
export async function insertEntry(tx: Tx, entry: Insertable<ModerationLogTable>): Promise<number> {
  const row = await tx.insertInto('moderation_log').values(entry).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function entryById(db: Db, id: number): Promise<LogRow | undefined> {
  return db.selectFrom('moderation_log').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What was done last of that kind, and still stands. */
export async function latestEntry(
  db: Db,
  { act, kind, id }: { readonly act: string; readonly kind: LogRow['target_kind']; readonly id: number },
): Promise<LogRow | undefined> {
  return db
    .selectFrom('moderation_log')
    .selectAll()
    .where('target_kind', '=', kind)
    .where('target_id', '=', id)
    .where('act', '=', act)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The entries that one press of a button made, newest first: they are taken back in that order. */
export async function entriesOfBatch(db: Db, batch: string): Promise<LogRow[]> {
  return db.selectFrom('moderation_log').selectAll().where('batch', '=', batch).orderBy('id', 'desc').execute()
}

/** Those of these batches of which something still stands. */
export async function standingBatches(db: Db, batches: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('moderation_log')
    .select('batch')
    .distinct()
    .where('batch', 'in', [...batches])
    .where('undone_at', 'is', null)
    .execute()
  return new Set(rows.map(row => row.batch))
}

/** What was done to the same item after this entry and still stands, newest first. */
export async function laterEntries(db: Db, entry: LogRow) {
  return db
    .selectFrom('moderation_log')
    .innerJoin('members', 'members.id', 'moderation_log.member_id')
    .selectAll('moderation_log')
    .select('members.name as actor_name')
    .where('target_kind', '=', entry.target_kind)
    .where('target_id', '=', entry.target_id)
    .where('moderation_log.id', '>', entry.id)
    .where('undone_at', 'is', null)
    .orderBy('moderation_log.id', 'desc')
    .execute()
}

/** Marks an entry as taken back; false when that has happened already. */
export async function markUndone(tx: Tx, id: number, by: number, at: number): Promise<boolean> {
  const row = await tx
    .updateTable('moderation_log')
    .set({ undone_at: at, undone_by_id: by })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
