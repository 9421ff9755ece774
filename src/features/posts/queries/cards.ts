import type { Db } from '../../../platform/store/index.ts'

type Wanted = {
  readonly ids: readonly number[]
  /** Those that the reader may read. */
  readonly forums: readonly number[]
}

export type PostOfCard = Awaited<ReturnType<typeof postsOfCards>>[number]

/** So much of a text is enough to begin a card with, in characters. */
const beginning = 1000

/** What cards say of posts, of those that everybody sees who reads the forum. */
export async function postsOfCards(db: Db, { ids, forums }: Wanted) {
  return publicIn(db, forums)
    .where('posts.id', 'in', [...ids])
    .execute()
}

/** The same of the opening posts of topics. */
export async function topicsOfCards(db: Db, { ids, forums }: Wanted) {
  return publicIn(db, forums)
    .where('topics.id', 'in', [...ids])
    .whereRef('posts.id', '=', 'topics.first_post_id')
    .execute()
}

function publicIn(db: Db, forums: readonly number[]) {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .leftJoin('members', 'members.id', 'posts.member_id')
    .select(['posts.id', 'posts.topic_id', 'posts.created_at', 'posts.member_id', 'posts.guest_name'])
    .select(['topics.title', 'topics.forum_id', 'members.name as member_name'])
    .select(eb => eb.fn<string>('substr', ['posts.text', eb.lit(1), eb.lit(beginning)]).as('beginning'))
    .where('topics.forum_id', 'in', [...forums])
    .where('topics.hidden_at', 'is', null)
    .where('topics.deleted_at', 'is', null)
    .where('topics.pending_at', 'is', null)
    .where('posts.position', 'is not', null)
}

export type MemberOfCard = Awaited<ReturnType<typeof membersOfCards>>[number]

/** What cards say of members; nothing of a deleted account. */
export async function membersOfCards(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('members')
    .select(['id', 'name', 'group_id', 'joined_at'])
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** The public texts on a page of a topic in which a link stands alone. */
export async function textsWithLinks(db: Db, { topicId, from, to }: { topicId: number; from: number; to: number }) {
  return db
    .selectFrom('posts')
    .select('html')
    .where('topic_id', '=', topicId)
    .where('place', '>=', from)
    .where('place', '<=', to)
    .where('position', 'is not', null)
    .where('html', 'like', '%<a class="embed"%')
    .execute()
}

/** By what cards of topics could change. */
export async function revisionsOfTopics(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('topics')
    .select(['id', 'revision'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

/** By what cards of posts could change: the revisions of the topics that they are in. */
export async function revisionsOfPosts(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select(['posts.id', 'posts.topic_id', 'topics.revision'])
    .where('posts.id', 'in', [...ids])
    .orderBy('posts.id')
    .execute()
}

/** Those of these posts in which a link stands alone, or that show a picture of elsewhere. */
export async function leadingElsewhere(db: Db, ids: readonly number[]) {
  return db
    .selectFrom('posts')
    .select(['id', 'html'])
    .where('id', 'in', [...ids])
    .where(eb => eb.or([eb('html', 'like', '%<a class="embed"%'), eb('html', 'like', '% class="remote"%')]))
    .execute()
}
