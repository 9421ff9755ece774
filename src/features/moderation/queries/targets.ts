import type { Selectable } from 'kysely'
import { type Db, forUpdate, type ProposedEditsTable, type Tx } from '../../../platform/store/index.ts'
import { standings } from '../../groups/index.ts'

export type ProposedEdit = Selectable<ProposedEditsTable>

/** The edit of this post that waits for approval or was rejected. */
export async function proposedEditOf(db: Db, postId: number): Promise<ProposedEdit | undefined> {
  return db.selectFrom('proposed_edits').selectAll().where('post_id', '=', postId).executeTakeFirst()
}

/** The standing of these members. */
export async function standingsOf(db: Db, memberIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const ids = [...new Set(memberIds)]
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('members').select(['id', 'group_id']).where('id', 'in', ids).execute()
  const standingOf = await standings(db)
  return new Map(rows.map(row => [row.id, standingOf(row)]))
}

/** These members, as far as they are here, with their standing. */
export async function judgedMembers(db: Db, memberIds: readonly number[]) {
  const rows = await db
    .selectFrom('members')
    .leftJoin('signatures', join =>
      join.onRef('signatures.member_id', '=', 'members.id').on('signatures.removed_at', 'is', null),
    )
    .select(['id', 'name', 'group_id', 'sanctioned_at', 'closed_at', 'merged_into_id', 'signatures.written_at'])
    .where('id', 'in', [...new Set(memberIds)])
    .where('deleted_at', 'is', null)
    .execute()
  const standingOf = await standings(db)
  return rows.map(({ written_at, ...row }) => ({ ...row, signed: written_at !== null, standing: standingOf(row) }))
}

/** Waits for everybody else who takes or discards the claim. */
export async function lockClaim(tx: Tx, id: number): Promise<void> {
  await tx.selectFrom('claims').select('id').where('id', '=', id).$call(forUpdate(tx)).execute()
}
