import type { Updateable } from 'kysely'
import { type Given, hotQueries, type PostsTable, type TopicsTable, type Tx } from '../../../platform/store/index.ts'
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
  return changeTopic({ columns: columnsOf(values) }).first(tx, { ...values, id })
}

const changeTopic = hotQueries((db, given: Given<Updateable<TopicsTable> & { id: number }>, { columns }: Columns) =>
  db
    .updateTable('topics')
    .set(({ eb }) => ({ ...only(given, columns), revision: eb('revision', '+', 1) }))
    .where('id', '=', given.id)
    .returningAll(),
)

type Columns = { readonly columns: readonly string[] }

/** Those that are changed: what is undefined is not. */
function columnsOf(values: object): string[] {
  return Object.entries(values).flatMap(([column, value]) => (value === undefined ? [] : [column]))
}

function only(given: object, columns: readonly string[]): Updateable<TopicsTable> {
  return Object.fromEntries(columns.map(column => [column, Reflect.get(given, column)]))
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
