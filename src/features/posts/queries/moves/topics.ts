import type { Db, Tx } from '../../../../platform/store/index.ts'

/** Writes down what a topic says of its posts: how many are public, who began it and when, and the last one. */
export async function refreshTopic(tx: Tx, topicId: number): Promise<void> {
  const [opening] = await publicPosts(tx, topicId, 'asc')
  const [last] = await publicPosts(tx, topicId, 'desc')
  await tx
    .updateTable('topics')
    .set(eb => ({
      revision: eb('revision', '+', 1),
      post_count: last?.position ?? 0,
      first_post_id: opening?.id ?? null,
      last_post_id: last?.id ?? null,
      ...(opening && {
        member_id: opening.member_id,
        guest_name: opening.guest_name,
        created_at: opening.created_at,
      }),
      ...(last && { last_post_at: last.created_at }),
    }))
    .where('id', '=', topicId)
    .execute()
}

async function publicPosts(tx: Tx, topicId: number, order: 'asc' | 'desc') {
  return tx
    .selectFrom('posts')
    .select(['id', 'member_id', 'guest_name', 'created_at', 'position'])
    .where('topic_id', '=', topicId)
    .where('position', 'is not', null)
    .orderBy('place', order)
    .limit(1)
    .execute()
}

/** Topics that stand in this one: merged into it. */
export async function isMergedInto(db: Db, topicId: number): Promise<boolean> {
  const row = await db
    .selectFrom('topics')
    .select('id')
    .where('merged_into_id', '=', topicId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** A proposed edit of an opening post names a title; it says nothing any more once the post opens no topic of its own. */
export async function takeProposedTitle(tx: Tx, postId: number): Promise<string | null> {
  const edit = await tx.selectFrom('proposed_edits').select('title').where('post_id', '=', postId).executeTakeFirst()
  if (!edit?.title) return null
  await tx.updateTable('proposed_edits').set({ title: null }).where('post_id', '=', postId).execute()
  return edit.title
}

export async function giveProposedTitle(tx: Tx, postId: number, title: string): Promise<void> {
  await tx
    .updateTable('proposed_edits')
    .set({ title })
    .where('post_id', '=', postId)
    .where('title', 'is', null)
    .execute()
}

/** What guests wrote for a topic, and nobody has taken, is for another one from now on; which. */
export async function retargetOpenClaims(
  tx: Tx,
  from: { readonly topicId: number } | { readonly ids: readonly number[] },
  to: { readonly topicId: number; readonly forumId: number },
): Promise<number[]> {
  const rows = await tx
    .updateTable('claims')
    .set({ topic_id: to.topicId, forum_id: to.forumId })
    .where(eb => ('ids' in from ? eb('id', 'in', [...from.ids]) : eb('topic_id', '=', from.topicId)))
    .where('taken_at', 'is', null)
    .where('kind', '!=', 'post')
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}
