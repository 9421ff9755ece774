import { type ExpressionBuilder, sql } from 'kysely'
import { type Given, hotQuery, type Tables, type Tx } from '../../../platform/store/index.ts'
import type { Topic } from '../../topics/index.ts'
import type { Post } from './posts.ts'

/**
 * A topic's public posts carry positions 1..n. A position is given out and taken back through the topic row's counter,
 * whose lock puts everybody in line: call this first in every transaction that changes a topic's posts.
 */
export async function countPosts(tx: Tx, topicId: number, change: 1 | 0 | -1): Promise<Topic | undefined> {
  return addPosts.first(tx, { topicId, change })
}

const addPosts = hotQuery((db, given: Given<{ topicId: number; change: number }>) =>
  db
    .updateTable('topics')
    .set(({ eb }) => ({ post_count: eb('post_count', '+', given.change), revision: eb('revision', '+', 1) }))
    .where('id', '=', given.topicId)
    .returningAll(),
)

/** Takes the post out of the row of positions; what stands behind it moves up. */
export async function takePosition(tx: Tx, post: Post): Promise<void> {
  const place = post.place
  await tx
    .updateTable('posts')
    .set({ position: null, place: place - 1 })
    .where('id', '=', post.id)
    .execute()
  await tx
    .updateTable('posts')
    .set(eb => ({ position: eb('position', '-', 1), place: eb('place', '-', 1) }))
    .where('topic_id', '=', post.topic_id)
    .where('place', '>=', place)
    .where('id', '!=', post.id)
    .execute()
}

/** Puts the post into the row of positions at its place; what stands behind it moves down. */
export async function givePosition(tx: Tx, post: Post): Promise<void> {
  await tx
    .updateTable('posts')
    .set(eb => ({ position: eb('position', '+', 1), place: eb('place', '+', 1) }))
    .where('topic_id', '=', post.topic_id)
    .where('id', '!=', post.id)
    .where(eb =>
      eb.or([
        eb('place', '>', post.place),
        eb.and([eb('place', '=', post.place), eb('position', 'is', null), isAfter(eb, post)]),
      ]),
    )
    .execute()
  const position = post.place + 1
  await tx.updateTable('posts').set({ position, place: position }).where('id', '=', post.id).execute()
}

function isAfter(eb: ExpressionBuilder<Tables, 'posts'>, post: Post) {
  return eb.or([
    eb('created_at', '>', post.created_at),
    eb.and([eb('created_at', '=', post.created_at), eb('id', '>', post.id)]),
  ])
}

/** Writes down which public post is the topic's last. */
export async function refreshTopicEnd(tx: Tx, topicId: number): Promise<void> {
  const last = await tx
    .selectFrom('posts')
    .select(['id', 'created_at'])
    .where('topic_id', '=', topicId)
    .where('position', 'is not', null)
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return
  await tx
    .updateTable('topics')
    .set({ last_post_id: last.id, last_post_at: last.created_at })
    .where('id', '=', topicId)
    .execute()
}

/**
 * Adds the public posts of a topic to its authors' counts, or takes them away, as posts in the forum that is named. Whoever
 * calls holds that forum's row.
 */
export async function countForAuthors(
  tx: Tx,
  { id, forum_id }: Pick<Topic, 'id' | 'forum_id'>,
  sign: 1 | -1,
): Promise<void> {
  await tx
    .updateTable('members')
    .from(from =>
      from
        .selectFrom('posts')
        .innerJoin('forums', join => join.on('forums.id', '=', forum_id))
        .select(eb => ['member_id as author_id', eb.fn.countAll<number>().as('posts')])
        .select(eb => [eb.fn.max('members_read').as('for_members'), eb.fn.max('guests_read').as('for_guests')])
        .where('topic_id', '=', id)
        .where('posts.position', 'is not', null)
        .where('member_id', 'is not', null)
        .groupBy('member_id')
        .as('written'),
    )
    .set({
      post_count: sql<number>`members.post_count + ${sign} * written.posts`,
      posts_for_members: sql<number>`posts_for_members + ${sign} * written.posts * written.for_members`,
      posts_for_guests: sql<number>`posts_for_guests + ${sign} * written.posts * written.for_guests`,
    })
    .whereRef('members.id', '=', 'written.author_id')
    .execute()
}

/** Do ordinary members, or guests, read one of these forums and not the other? */
export async function haveOtherReaders(tx: Tx, one: number, other: number): Promise<boolean> {
  const readers = await tx
    .selectFrom('forums')
    .select(['members_read', 'guests_read'])
    .distinct()
    .where('id', 'in', [one, other])
    .execute()
  return readers.length > 1
}
