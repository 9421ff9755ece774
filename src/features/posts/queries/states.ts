import type { Updateable } from 'kysely'
import type { PostsTable, TopicsTable, Tx } from '../../../platform/store/index.ts'
import type { Topic } from '../../topics/index.ts'
import type { Post } from './posts.ts'

export type PostStates = Pick<Updateable<PostsTable>, 'hidden_at' | 'deleted_at' | 'pending_at' | 'pending_reason'>
export type TopicStates = Pick<Updateable<TopicsTable>, 'hidden_at' | 'deleted_at' | 'pending_at' | 'pending_reason'>

/** Waits for everybody else who changes the topic. */
export async function lockTopic(tx: Tx, id: number): Promise<Topic | undefined> {
  return updateTopic(tx, id, {})
}

/** Changes the topic's row and makes its cached pages stale. */
export async function updateTopic(tx: Tx, id: number, values: Updateable<TopicsTable>): Promise<Topic | undefined> {
  return tx
    .updateTable('topics')
    .set(eb => ({ ...values, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

export async function updatePost(tx: Tx, id: number, values: Updateable<PostsTable>): Promise<Post> {
  return tx.updateTable('posts').set(values).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** Puts all topics of a forum into another one, and what guests wrote for it too; counters are the caller's. */
export async function retargetTopics(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .updateTable('topics')
    .set(eb => ({ forum_id: to, revision: eb('revision', '+', 1) }))
    .where('forum_id', '=', from)
    .execute()
  await tx.updateTable('claims').set({ forum_id: to }).where('forum_id', '=', from).execute()
  await tx.updateTable('drafts').set({ forum_id: to }).where('forum_id', '=', from).execute()
  await tx.updateTable('moderation_log').set({ forum_id: to }).where('forum_id', '=', from).execute()
}

/** What guests wrote for a topic goes with it: its moderators are those who see it. */
export async function retargetClaims(tx: Tx, topicId: number, forumId: number): Promise<void> {
  await tx.updateTable('claims').set({ forum_id: forumId }).where('topic_id', '=', topicId).execute()
}
