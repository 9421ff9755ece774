import type { Db } from '../../../platform/store/index.ts'

export type PostItem = Awaited<ReturnType<typeof postItems>>[number]

/** These posts, with the names of their authors. */
export async function postItems(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('posts')
    .leftJoin('members', 'members.id', 'posts.member_id')
    .selectAll('posts')
    .select('members.name as member_name')
    .where('posts.id', 'in', [...ids])
    .execute()
}

export type TopicItem = Awaited<ReturnType<typeof topicItems>>[number]

/** These topics, with the names of their authors. */
export async function topicItems(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('topics')
    .leftJoin('members', 'members.id', 'topics.member_id')
    .selectAll('topics')
    .select('members.name as member_name')
    .where('topics.id', 'in', [...ids])
    .execute()
}

/** The edits proposed for these posts, with the names of whoever proposed them. */
export async function editItems(db: Db, postIds: readonly number[]) {
  return db
    .selectFrom('proposed_edits')
    .innerJoin('members', 'members.id', 'proposed_edits.member_id')
    .selectAll('proposed_edits')
    .select('members.name as member_name')
    .where('post_id', 'in', [...postIds])
    .execute()
}

/** These texts of guests that nobody has taken. */
export async function claimItems(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('claims')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('taken_at', 'is', null)
    .execute()
}

/** These members, as far as they are here. */
export async function memberItems(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('members')
    .select(['id', 'name', 'closed_at', 'merged_into_id'])
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute()
}
