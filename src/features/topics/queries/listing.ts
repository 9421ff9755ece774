import type { AliasedExpression, ExpressionBuilder, RawBuilder, Selectable } from 'kysely'
import type { Window } from '../../../platform/paging.ts'
import {
  type Db,
  type Given,
  hotQueries,
  hotQuery,
  type Tables,
  type TopicOrder,
  type TopicsTable,
} from '../../../platform/store/index.ts'
import { type Sight, seenBy } from './sight.ts'

export const topicFilters = ['mine', 'unanswered', 'locked'] as const
export type TopicFilter = (typeof topicFilters)[number]

/** The topics of one forum that someone sees, in an order, perhaps only some of them. */
export interface Listing {
  readonly forumId: number
  readonly sight: Sight
  readonly order: TopicOrder
  readonly filter: TopicFilter | null
  /** Only topics with this before their title. */
  readonly prefix: number | null
}

const orderColumn = { last: 'last_post_at', newest: 'created_at', replies: 'post_count', views: 'views' } as const

/** In what the queries of listings differ, besides the values that are filled in. */
interface Shape {
  readonly order: TopicOrder
  readonly filter: TopicFilter | null
  readonly everything: boolean
  readonly isMember: boolean
  readonly prefixed: boolean
}

type Asked = { forumId: number; memberId: number; prefixId: number }

export type TopicRow = Awaited<ReturnType<typeof listTopics>>[number]

/** Rows of the pinned topics, or of the others. */
export async function listTopics(db: Db, listing: Listing, pinned: boolean, { offset, limit }: Window) {
  return rowsOf({ ...shapeOf(listing), pinned })(db, { ...askedOf(listing), offset, limit })
}

const rowsOf = hotQueries((db, given: Given<Asked & Window>, { pinned, ...shape }: Shape & { pinned: boolean }) => {
  const column = orderColumn[shape.order]
  const listed = db
    .selectFrom('topics')
    .selectAll()
    .where('pinned_at', pinned ? 'is not' : 'is', null)
    .where(inListing(shape, given))
    .orderBy(column, 'desc')
    .orderBy('id', 'desc')
    .limit(given.limit)
    .offset(given.offset)
  return withPeople(db, listed.as('topics'), given.memberId)
    .orderBy(`topics.${column}`, 'desc')
    .orderBy('topics.id', 'desc')
})

/** With who started them, who wrote last, and up to when this member has read them. */
function withPeople(
  db: Db,
  topics: AliasedExpression<Selectable<TopicsTable>, 'topics'>,
  memberId: RawBuilder<number>,
) {
  return db
    .selectFrom(topics)
    .leftJoin('members as starters', 'starters.id', 'topics.member_id')
    .leftJoin('posts as last_posts', 'last_posts.id', 'topics.last_post_id')
    .leftJoin('members as last_authors', 'last_authors.id', 'last_posts.member_id')
    .leftJoin('topic_reads', join =>
      join.onRef('topic_reads.topic_id', '=', 'topics.id').on('topic_reads.member_id', '=', memberId),
    )
    .selectAll('topics')
    .select([
      'starters.name as starter_name',
      'last_posts.member_id as last_member_id',
      'last_posts.guest_name as last_guest_name',
      'last_authors.name as last_author_name',
      'topic_reads.read_at',
    ])
}

function shapeOf({ order, filter, sight, prefix }: Listing): Shape {
  const { everything, memberId } = sight
  return { order, filter, everything, isMember: memberId !== null, prefixed: prefix !== null }
}

function askedOf({ forumId, sight, prefix }: Listing): Asked {
  return { forumId, memberId: sight.memberId ?? 0, prefixId: prefix ?? 0 }
}

function inListing({ filter, everything, isMember, prefixed }: Shape, { forumId, memberId, prefixId }: Given<Asked>) {
  return (eb: ExpressionBuilder<Tables, 'topics'>) => {
    const conditions = [eb('forum_id', '=', forumId), seenBy({ everything, memberId: isMember ? memberId : null })(eb)]
    if (prefixed) conditions.push(eb('prefix_id', '=', prefixId))
    if (filter === 'mine') conditions.push(eb('member_id', '=', memberId))
    if (filter === 'unanswered') conditions.push(eb('post_count', '<=', 1))
    if (filter === 'locked') conditions.push(eb('locked_at', 'is not', null))
    return eb.and(conditions)
  }
}

/** How many topics a listing has. */
export async function countListed(db: Db, listing: Listing): Promise<number> {
  return counted(await countOf(shapeOf(listing)).first(db, askedOf(listing)))
}

const countOf = hotQueries((db, given: Given<Asked>, shape: Shape) =>
  db.selectFrom('topics').select(number).where(inListing(shape, given)),
)

/** How many of them are pinned. */
export async function countPinned(db: Db, listing: Listing): Promise<number> {
  return counted(await pinnedOf(shapeOf(listing)).first(db, askedOf(listing)))
}

const pinnedOf = hotQueries((db, given: Given<Asked>, shape: Shape) =>
  db.selectFrom('topics').select(number).where('pinned_at', 'is not', null).where(inListing(shape, given)),
)

/** How many topics here only their author sees, of those that one member started. */
export async function countOwnWithdrawn(db: Db, forumId: number, memberId: number): Promise<number> {
  return counted(await ownWithdrawn.first(db, { forumId, memberId }))
}

const ownWithdrawn = hotQuery((db, given: Given<Omit<Asked, 'prefixId'>>) =>
  db
    .selectFrom('topics')
    .select(number)
    .where('forum_id', '=', given.forumId)
    .where('member_id', '=', given.memberId)
    .where('deleted_at', 'is', null)
    .where(eb => eb.or([eb('hidden_at', 'is not', null), eb('pending_at', 'is not', null)])),
)

function number(eb: ExpressionBuilder<Tables, 'topics'>) {
  return eb.fn.countAll<number>().as('topics')
}

function counted(row: { readonly topics: number } | undefined): number {
  return Number(row?.topics ?? 0)
}
