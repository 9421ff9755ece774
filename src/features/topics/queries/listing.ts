import type { ExpressionBuilder, SelectQueryBuilder } from 'kysely'
import type { Window } from '../../../platform/paging.ts'
import type { Db, Tables } from '../../../platform/store/index.ts'
import { type Sight, seenBy } from './sight.ts'

export const topicOrders = ['last', 'newest', 'replies', 'views'] as const
export type TopicOrder = (typeof topicOrders)[number]

export const topicFilters = ['mine', 'unanswered', 'locked'] as const
export type TopicFilter = (typeof topicFilters)[number]

/** The topics of one forum that someone sees, in an order, perhaps only some of them. */
export interface Listing {
  readonly forumId: number
  readonly sight: Sight
  readonly order: TopicOrder
  readonly filter: TopicFilter | null
}

const orderColumn = { last: 'last_post_at', newest: 'created_at', replies: 'post_count', views: 'views' } as const

export type TopicRow = Awaited<ReturnType<typeof listTopics>>[number]

/** Rows of the pinned topics, or of the others. */
export async function listTopics(db: Db, listing: Listing, pinned: boolean, { offset, limit }: Window) {
  const column = orderColumn[listing.order]
  const listed = db
    .selectFrom('topics')
    .selectAll()
    .where('pinned_at', pinned ? 'is not' : 'is', null)
    .where(inListing(listing))
    .orderBy(column, 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
  return db
    .selectFrom(listed.as('topics'))
    .leftJoin('members as starters', 'starters.id', 'topics.member_id')
    .leftJoin('posts as last_posts', 'last_posts.id', 'topics.last_post_id')
    .leftJoin('members as last_authors', 'last_authors.id', 'last_posts.member_id')
    .leftJoin('topic_reads', join =>
      join
        .onRef('topic_reads.topic_id', '=', 'topics.id')
        .on('topic_reads.member_id', '=', listing.sight.memberId ?? 0),
    )
    .selectAll('topics')
    .select([
      'starters.name as starter_name',
      'last_posts.member_id as last_member_id',
      'last_posts.guest_name as last_guest_name',
      'last_authors.name as last_author_name',
      'topic_reads.read_at',
    ])
    .orderBy(`topics.${column}`, 'desc')
    .orderBy('topics.id', 'desc')
    .execute()
}

function inListing({ forumId, sight, filter }: Listing) {
  return (eb: ExpressionBuilder<Tables, 'topics'>) => {
    const conditions = [eb('forum_id', '=', forumId), seenBy(sight)(eb)]
    if (filter === 'mine') conditions.push(eb('member_id', '=', sight.memberId ?? 0))
    if (filter === 'unanswered') conditions.push(eb('post_count', '<=', 1))
    if (filter === 'locked') conditions.push(eb('locked_at', 'is not', null))
    return eb.and(conditions)
  }
}

/** How many topics a listing has. */
export async function countListed(db: Db, listing: Listing): Promise<number> {
  return counted(db.selectFrom('topics').where(inListing(listing)))
}

/** How many of them are pinned. */
export async function countPinned(db: Db, listing: Listing): Promise<number> {
  return counted(db.selectFrom('topics').where('pinned_at', 'is not', null).where(inListing(listing)))
}

/** How many topics here only their author sees, of those that one member started. */
export async function countOwnWithdrawn(db: Db, forumId: number, memberId: number): Promise<number> {
  return counted(
    db
      .selectFrom('topics')
      .where('forum_id', '=', forumId)
      .where('member_id', '=', memberId)
      .where('deleted_at', 'is', null)
      .where(eb => eb.or([eb('hidden_at', 'is not', null), eb('pending_at', 'is not', null)])),
  )
}

async function counted(topics: SelectQueryBuilder<Tables, 'topics', object>): Promise<number> {
  const row = await topics.select(eb => eb.fn.countAll<number>().as('topics')).executeTakeFirst()
  return Number(row?.topics ?? 0)
}
