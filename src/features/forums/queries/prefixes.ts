import type { Insertable } from 'kysely'
import { bumpRevisions, type Db, type PrefixesTable, type Tx } from '../../../platform/store/index.ts'

/** Of one forum, in their order. */
export async function prefixesIn(db: Db, forumId: number) {
  return db
    .selectFrom('prefixes')
    .select(['id', 'name', 'position'])
    .where('forum_id', '=', forumId)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export async function insertPrefix(tx: Tx, prefix: Insertable<PrefixesTable>): Promise<void> {
  await tx.insertInto('prefixes').values(prefix).execute()
  await bumpRevisions(tx, 'shell')
}

/** Says whether there is such a one. */
export async function updatePrefix(
  tx: Tx,
  forumId: number,
  id: number,
  { name, colour }: Pick<PrefixesTable, 'name' | 'colour'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('prefixes')
    .set({ name, colour })
    .where('id', '=', id)
    .where('forum_id', '=', forumId)
    .executeTakeFirst()
  await bumpRevisions(tx, 'shell')
  return numUpdatedRows > 0n
}

export async function writePrefixOrder(tx: Tx, ids: readonly number[]): Promise<void> {
  for (const [position, id] of ids.entries())
    await tx.updateTable('prefixes').set({ position }).where('id', '=', id).execute()
  await bumpRevisions(tx, 'shell')
}

export async function deletePrefix(tx: Tx, forumId: number, id: number): Promise<void> {
  await tx.deleteFrom('prefixes').where('id', '=', id).where('forum_id', '=', forumId).execute()
  await bumpRevisions(tx, 'shell')
}
