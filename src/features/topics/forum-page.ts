import type { Db, TopicOrder } from '../../platform/store/index.ts'
import { type ForumNode, forumTree, type WayToPost, wayToStart } from '../forums/index.ts'
import { isStaffIn, mayIn, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { shownWords } from '../words/index.ts'
import { topicPath } from './find-topic.ts'
import { type ForumRow, forumRows } from './forum-rows.ts'
import { forumFigures } from './index-page.ts'
import { linksIn } from './queries/links.ts'
import {
  countListed,
  countOwnWithdrawn,
  countPinned,
  type Listing,
  listTopics,
  type TopicFilter,
  type TopicRow,
} from './queries/listing.ts'
import { forumMark } from './queries/reads.ts'
import { type TopicEntry, topicEntry } from './topic-entry.ts'

/** What of a forum is asked for. */
export interface ForumView {
  readonly page: number
  readonly order: TopicOrder
  readonly filter: TopicFilter | null
  /** Only topics with this prefix. */
  readonly prefix?: number | null
}

export interface ForumPage extends ForumView {
  readonly forum: ForumNode
  readonly subforums: readonly ForumRow[]
  readonly pages: number
  readonly topics: readonly TopicEntry[]
  /** Topics that were moved away with a link left behind, on the first page only. */
  readonly movedAway: readonly MovedAway[]
  readonly unread: boolean
  readonly wayToStart: WayToPost
}

export interface MovedAway {
  readonly title: string
  readonly path: string
  readonly forum: ForumNode
}

/** A forum's topics, or a category's forums, as this viewer may see them. `page` may lie beyond `pages`: then no topics. */
export async function forumPage(db: Db, viewer: Viewer, forum: ForumNode, view: ForumView): Promise<ForumPage> {
  const figures = await forumFigures(db, viewer)
  const listing = listingOf(viewer, forum, view)
  const counted = figures.ends.get(forum.id)?.topic_count ?? 0
  const listed = forum.kind !== 'forum' ? nothing : await windowOf(db, listing, view.page, counted)
  const mark = await readUpTo(db, viewer, forum)
  const { posts_per_page } = await settings(db)
  const words = await shownWords(db)
  return {
    ...view,
    forum,
    subforums: forumRows(viewer, forum.children, figures),
    pages: listed.pages,
    topics: listed.rows.map(row => topicEntry(row, { mark, perPage: posts_per_page, forum, words })),
    movedAway:
      view.page === 1 && view.filter === null && view.prefix == null ? await movedAwayFrom(db, viewer, forum) : [],
    unread: figures.unread?.has(forum.id) ?? false,
    wayToStart: wayToStart(viewer, forum),
  }
}

const nothing = { pages: 1, rows: [] as TopicRow[] }

function listingOf(viewer: Viewer, forum: ForumNode, { order, filter, prefix = null }: ForumView): Listing {
  const sight = { everything: isStaffIn(viewer, forum.id), memberId: viewer.member?.id ?? null }
  return { forumId: forum.id, sight, order, filter, prefix }
}

/** Pinned topics stand first and take part in the paging; the others follow without the database passing over them. */
async function windowOf(db: Db, listing: Listing, page: number, counted: number): Promise<typeof nothing> {
  const { topics_per_page: size } = await settings(db)
  const [total, pinned] = [await countAll(db, listing, counted), await countPinned(db, listing)]
  const from = (page - 1) * size
  const pages = Math.max(1, Math.ceil(total / size))
  if (page > pages) return { pages, rows: [] }
  const first = from < pinned ? await listTopics(db, listing, true, { offset: from, limit: size }) : []
  const rest = { offset: Math.max(0, from - pinned), limit: size - first.length }
  return { pages, rows: [...first, ...(rest.limit > 0 ? await listTopics(db, listing, false, rest) : [])] }
}

/** The forum keeps count of what everybody sees: `counted`. */
async function countAll(db: Db, listing: Listing, counted: number): Promise<number> {
  if (listing.filter !== null || listing.prefix !== null || listing.sight.everything) return countListed(db, listing)
  const { memberId } = listing.sight
  return counted + (memberId === null ? 0 : await countOwnWithdrawn(db, listing.forumId, memberId))
}

/** As far as this viewer may read where they are now. */
async function movedAwayFrom(db: Db, viewer: Viewer, forum: ForumNode): Promise<MovedAway[]> {
  const { byId } = await forumTree(db)
  const readable = [...viewer.forums.keys()].filter(id => mayIn(viewer, id, 'read'))
  const words = await shownWords(db)
  return (await linksIn(db, forum.id, readable)).flatMap(({ title, forum_id, ...topic }) => {
    const there = byId.get(forum_id)
    return there ? [{ title: words.line(title), path: topicPath(topic), forum: there }] : []
  })
}

/** Up to when the viewer has read the forum as a whole; null for guests, to whom nothing is new. */
async function readUpTo(db: Db, { member }: Viewer, forum: ForumNode): Promise<number | null> {
  if (!member) return null
  return Math.max(member.readAllAt, await forumMark(db, member.id, forum.id))
}
