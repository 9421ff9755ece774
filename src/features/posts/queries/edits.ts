import type { Insertable, Selectable } from 'kysely'
import type { Window } from '../../../platform/paging.ts'
import type { Db, PostVersionsTable, ProposedEditsTable, Tx } from '../../../platform/store/index.ts'
import { standings } from '../../groups/index.ts'

export type PostVersion = Selectable<PostVersionsTable>
export type ProposedEdit = Selectable<ProposedEditsTable>

/** Keeps what a post said; the number of that version. */
export async function insertVersion(tx: Tx, version: Insertable<PostVersionsTable>): Promise<number> {
  const row = await tx.insertInto('post_versions').values(version).returning('id').executeTakeFirstOrThrow()
  return row.id
}

/** A part of what the post said before, newest first, with who replaced it. */
export async function versionsOf(
  db: Db,
  postId: number,
  { offset, limit }: Window,
): Promise<(PostVersion & { replaced_by: string })[]> {
  return db
    .selectFrom('post_versions')
    .innerJoin('members', 'members.id', 'post_versions.replaced_by_id')
    .selectAll('post_versions')
    .select('members.name as replaced_by')
    .where('post_id', '=', postId)
    .orderBy('post_versions.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countVersions(db: Db, postId: number): Promise<number> {
  const { count } = await db
    .selectFrom('post_versions')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('post_id', '=', postId)
    .executeTakeFirstOrThrow()
  return count
}

/** The newest version that was replaced; undefined while the post is as it was written. */
export async function newestVersion(db: Db, postId: number): Promise<PostVersion | undefined> {
  return db
    .selectFrom('post_versions')
    .selectAll()
    .where('post_id', '=', postId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** By whom and when the post was edited last. */
export async function latestEdit(db: Db, postId: number): Promise<{ name: string; at: number } | undefined> {
  return db
    .selectFrom('post_versions')
    .innerJoin('members', 'members.id', 'post_versions.replaced_by_id')
    .select(['members.name', 'post_versions.replaced_at as at'])
    .where('post_id', '=', postId)
    .orderBy('post_versions.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function deleteVersion(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('post_versions').where('id', '=', id).execute()
}

/** The edits of these posts that wait for approval. */
export async function waitingEditsOf(db: Db, postIds: readonly number[]): Promise<ProposedEdit[]> {
  return db
    .selectFrom('proposed_edits')
    .selectAll()
    .where('post_id', 'in', [...postIds])
    .where('rejected_at', 'is', null)
    .execute()
}

/** The edit proposed for a post, a rejected one too. */
export async function proposedEditOf(db: Db, postId: number): Promise<ProposedEdit | undefined> {
  return db.selectFrom('proposed_edits').selectAll().where('post_id', '=', postId).executeTakeFirst()
}

/** The newest proposal replaces an older one. */
export async function putProposedEdit(tx: Tx, edit: Insertable<ProposedEditsTable>): Promise<void> {
  const { post_id, ...values } = edit
  await tx
    .insertInto('proposed_edits')
    .values(edit)
    .onConflict(conflict => conflict.column('post_id').doUpdateSet({ rejected_at: null, ...values }))
    .execute()
}

export async function setRejected(tx: Tx, postId: number, at: number | null): Promise<void> {
  await tx.updateTable('proposed_edits').set({ rejected_at: at }).where('post_id', '=', postId).execute()
}

export async function deleteProposedEdit(tx: Tx, postId: number): Promise<void> {
  await tx.deleteFrom('proposed_edits').where('post_id', '=', postId).execute()
}

/** How high the author of a post stands; a guest stands at 0. */
export async function standingOf(db: Db, memberId: number | null): Promise<number> {
  if (memberId === null) return 0
  const row = await db.selectFrom('members').select(['id', 'group_id']).where('id', '=', memberId).executeTakeFirst()
  return row ? (await standings(db))(row) : 0
}
