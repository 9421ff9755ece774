import type { Db, Tx } from '../../../platform/store/index.ts'
import { lastPublicPost } from '../../forums/index.ts'
import type { PostCounts } from '../../members/index.ts'

/** Ids of a table in their order, so many after this one. */
export async function idsAfter(
  db: Db,
  table: 'topics' | 'forums' | 'members',
  after: number,
  count: number,
): Promise<number[]> {
  const rows = await db.selectFrom(table).select('id').where('id', '>', after).orderBy('id').limit(count).execute()
  return rows.map(({ id }) => id)
}

export interface CountedTopic {
  readonly id: number
  readonly post_count: number
  readonly first_post_id: number | null
  readonly last_post_id: number | null
  readonly last_post_at: number
}

export async function countedTopics(db: Db, ids: readonly number[]): Promise<CountedTopic[]> {
  return db
    .selectFrom('topics')
    .select(['id', 'post_count', 'first_post_id', 'last_post_id', 'last_post_at'])
    .where('id', 'in', [...ids])
    .execute()
}

export interface PlacedPost {
  readonly id: number
  readonly topic_id: number
  readonly position: number | null
  readonly place: number
  readonly created_at: number
  readonly hidden_at: number | null
  readonly deleted_at: number | null
  readonly pending_at: number | null
}

/** The posts of these topics as they stand: what is public before what is not at the same place. */
export async function placedPosts(db: Db, topicIds: readonly number[]): Promise<PlacedPost[]> {
  return db
    .selectFrom('posts')
    .select(['id', 'topic_id', 'position', 'place', 'created_at', 'hidden_at', 'deleted_at', 'pending_at'])
    .where('topic_id', 'in', [...topicIds])
    .orderBy('topic_id')
    .orderBy('place')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function setPlace(tx: Tx, id: number, to: { position: number | null; place: number }): Promise<void> {
  await tx.updateTable('posts').set(to).where('id', '=', id).execute()
}

export async function setTopicCounts(tx: Tx, { id, ...counts }: CountedTopic): Promise<void> {
  await tx.updateTable('topics').set(counts).where('id', '=', id).execute()
}

export interface CountedForum {
  readonly id: number
  readonly topic_count: number
  readonly post_count: number
  readonly last_post_id: number | null
}

/** What forums should say, from their topics. */
export async function countForums(db: Db, ids: readonly number[]): Promise<CountedForum[]> {
  const rows = await db
    .selectFrom('topics')
    .select(eb => ['forum_id', eb.fn.countAll<number>().as('topics'), eb.fn.sum<number>('post_count').as('posts')])
    .where('forum_id', 'in', [...ids])
    .where('hidden_at', 'is', null)
    .where('deleted_at', 'is', null)
    .where('pending_at', 'is', null)
    .groupBy('forum_id')
    .execute()
  const byId = new Map(rows.map(row => [row.forum_id, row]))
  const last = await Promise.all(ids.map(id => lastPublicPost(db, id)))
  return ids.map((id, index) => ({
    id,
    topic_count: byId.get(id)?.topics ?? 0,
    post_count: byId.get(id)?.posts ?? 0,
    last_post_id: last[index] ?? null,
  }))
}

export async function setForumCounts(tx: Tx, { id, ...counts }: CountedForum): Promise<void> {
  await tx
    .updateTable('forums')
    .set(eb => ({ ...counts, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export type CountedMember = PostCounts & { readonly id: number }

export async function countedMembers(db: Db, ids: readonly number[]): Promise<CountedMember[]> {
  return db
    .selectFrom('members')
    .select(['id', 'post_count', 'posts_for_members', 'posts_for_guests'])
    .where('id', 'in', [...ids])
    .execute()
}

/** What members' counts should say: their public posts in public topics, and how many of those others may read. */
export async function countMembers(db: Db, ids: readonly number[]): Promise<CountedMember[]> {
  const rows = await db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .innerJoin('forums', 'forums.id', 'topics.forum_id')
    .select(eb => [
      'posts.member_id',
      eb.fn.countAll<number>().as('post_count'),
      eb.fn.sum<number>('forums.members_read').as('posts_for_members'),
      eb.fn.sum<number>('forums.guests_read').as('posts_for_guests'),
    ])
    .where('posts.member_id', 'in', [...ids])
    .where('posts.position', 'is not', null)
    .where('topics.hidden_at', 'is', null)
    .where('topics.deleted_at', 'is', null)
    .where('topics.pending_at', 'is', null)
    .groupBy('posts.member_id')
    .execute()
  const byId = new Map(rows.map(({ member_id, ...counts }) => [member_id, counts]))
  return ids.map(id => ({ id, ...(byId.get(id) ?? { post_count: 0, posts_for_members: 0, posts_for_guests: 0 }) }))
}

export async function setMemberCounts(tx: Tx, { id, ...counts }: CountedMember): Promise<void> {
  await tx.updateTable('members').set(counts).where('id', '=', id).execute()
}

/** Holds a row until the transaction ends: whoever counts on it waits. */
export async function holdMember(tx: Tx, id: number): Promise<void> {
  await tx
    .updateTable('members')
    .set(eb => ({ post_count: eb.ref('post_count') }))
    .where('id', '=', id)
    .execute()
}
