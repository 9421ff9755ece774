import type { Insertable, Selectable, Updateable } from 'kysely'
import { type Db, type ForumsTable, type Tx, withoutSync } from '../../../platform/store/index.ts'
import { permissionsChanged } from '../../groups/index.ts'

/** How a forum looks and what it asks for. */
export type ForumMore = Pick<
  Insertable<ForumsTable>,
  'asks' | 'icon' | 'rules' | 'rules_html' | 'topic_order' | 'approval' | 'leads_to' | 'prefix_required'
>

/** The rows below a parent, in their order. */
export async function siblings(db: Db, parentId: number | null): Promise<{ id: number; position: number }[]> {
  return db
    .selectFrom('forums')
    .select(['id', 'position'])
    .where('parent_id', parentId === null ? 'is' : '=', parentId)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

type Described = Pick<Selectable<ForumsTable>, 'kind' | 'parent_id' | 'name' | 'description' | 'guest_posting'>

/** The forum that was made just like this since then. */
export async function madeSince(db: Db, forum: Described, since: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('forums')
    .select('id')
    .where('kind', '=', forum.kind)
    .where('parent_id', forum.parent_id === null ? 'is' : '=', forum.parent_id)
    .where('name', '=', forum.name)
    .where('description', '=', forum.description)
    .where('guest_posting', forum.guest_posting === null ? 'is' : '=', forum.guest_posting)
    .where('created_at', '>=', since)
    .executeTakeFirst()
  return row?.id
}

export async function insertForum(tx: Tx, forum: Insertable<ForumsTable>): Promise<number> {
  const row = await tx.insertInto('forums').values(forum).returning('id').executeTakeFirstOrThrow()
  await permissionsChanged(tx)
  return row.id
}

export async function updateForum(tx: Tx, id: number, values: Updateable<ForumsTable>): Promise<void> {
  await tx.updateTable('forums').set(values).where('id', '=', id).execute()
  await permissionsChanged(tx)
}

/** Puts the rows into this order. */
export async function writeOrder(tx: Tx, ids: readonly number[]): Promise<void> {
  for (const [position, id] of ids.entries()) {
    await tx.updateTable('forums').set({ position }).where('id', '=', id).execute()
  }
  await permissionsChanged(tx)
}

/** Removes an empty forum, with what groups may do in it and who moderates it. */
export async function removeForum(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('permissions').where('forum_id', '=', id).execute()
  await tx.deleteFrom('moderators').where('forum_id', '=', id).execute()
  await tx.deleteFrom('forums').where('id', '=', id).execute()
  await permissionsChanged(tx)
}

/** The forum's row under a lock that everybody who changes its counters waits for. */
export async function lockForum(tx: Tx, id: number): Promise<boolean> {
  const row = await tx
    .updateTable('forums')
    .set(eb => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function passwordHashOf(db: Db, id: number): Promise<string | null> {
  const row = await db.selectFrom('forums').select('password_hash').where('id', '=', id).executeTakeFirst()
  return row?.password_hash ?? null
}

/** Somebody follows a link; a power cut may take that back. */
export async function countClick(db: Db, id: number): Promise<void> {
  await withoutSync(db, tx =>
    tx
      .updateTable('forums')
      .set(eb => ({ clicks: eb('clicks', '+', 1) }))
      .where('id', '=', id)
      .execute(),
  )
}

/** How often links were followed, by their numbers. */
export async function clicksOfLinks(db: Db): Promise<Map<number, number>> {
  const rows = await db.selectFrom('forums').select(['id', 'clicks']).where('kind', '=', 'link').execute()
  return new Map(rows.map(row => [row.id, row.clicks]))
}
