import type { Db, Tx } from '../../../platform/store/index.ts'

/** Something that waits with its author's account. */
export interface HeldItem {
  readonly kind: 'topic' | 'post' | 'edit'
  readonly id: number
  readonly topicId: number
}

/** What of this member's waits for one of these reasons, oldest first: topics, replies, and edits by their posts. */
export async function heldItems(db: Db, memberId: number, reasons: readonly string[]): Promise<HeldItem[]> {
  const topics = await db
    .selectFrom('topics')
    .select(['id', 'id as topicId'])
    .where('member_id', '=', memberId)
    .where('pending_at', 'is not', null)
    .where('pending_reason', 'in', [...reasons])
    .orderBy('id')
    .execute()
  const posts = await db
    .selectFrom('posts')
    .select(['id', 'topic_id as topicId'])
    .where('member_id', '=', memberId)
    .where('pending_at', 'is not', null)
    .where('pending_reason', 'in', [...reasons])
    .orderBy('id')
    .execute()
  const edits = await db
    .selectFrom('proposed_edits')
    .innerJoin('posts', 'posts.id', 'proposed_edits.post_id')
    .select(['posts.id', 'posts.topic_id as topicId'])
    .where('proposed_edits.member_id', '=', memberId)
    .where('proposed_edits.rejected_at', 'is', null)
    .where('proposed_edits.pending_reason', 'in', [...reasons])
    .orderBy('posts.id')
    .execute()
  const of = (kind: HeldItem['kind'], rows: readonly Omit<HeldItem, 'kind'>[]) => rows.map(row => ({ kind, ...row }))
  return [...of('topic', topics), ...of('post', posts), ...of('edit', edits)]
}

/** Whose posts wait with their accounts, and for which reason: a part of them, in the order of their ids. */
export async function heldAuthors(
  db: Db,
  reasons: readonly string[],
  { after, limit }: { after: number; limit: number },
): Promise<{ memberId: number; reason: string }[]> {
  const of = (table: 'topics' | 'posts') =>
    db
      .selectFrom(table)
      .select(['member_id', 'pending_reason'])
      .where('pending_at', 'is not', null)
      .where('pending_reason', 'in', [...reasons])
  const edits = db
    .selectFrom('proposed_edits')
    .select(['member_id', 'pending_reason'])
    .where('rejected_at', 'is', null)
    .where('pending_reason', 'in', [...reasons])
  const rows = await db
    .selectFrom(of('topics').union(of('posts')).union(edits).as('held'))
    .select(eb => [eb.ref('member_id').$notNull().as('memberId'), eb.ref('pending_reason').$notNull().as('reason')])
    .where('member_id', '>', after)
    .orderBy('member_id')
    .limit(limit)
    .execute()
  return rows
}

export async function setEditReason(tx: Tx, postId: number, pending_reason: string): Promise<void> {
  await tx.updateTable('proposed_edits').set({ pending_reason }).where('post_id', '=', postId).execute()
}

/** Removes a reply that never was public. */
export async function deletePost(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('posts').where('id', '=', id).execute()
}

/** Removes a topic that never was public, with all its posts. */
export async function deleteTopic(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('posts').where('topic_id', '=', id).execute()
  await tx.deleteFrom('topics').where('id', '=', id).execute()
}
