import { excerpt } from '../../../content/index.ts'
import { NotFound, passOverUnavailable } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type ForumNode, forumTree } from '../../forums/index.ts'
import { isOwn, isStaffIn, type Viewer } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { markTopicRead, type Person, pathOfPage, personOf, topicPath, topicReadUpTo } from '../../topics/index.ts'
import { type ShownWords, shownWords } from '../../words/index.ts'
import {
  ownWithdrawnPosts,
  type PostOnPage,
  proposedAtPlaces,
  publicPosts,
  type RecommendedPost,
  recommendedPosts,
  type TopicOnPage,
  withdrawnPosts,
} from '../queries/topic-page.ts'
import { pageOfPlace, placesOnPage } from './paging.ts'

/** So many hidden, deleted and waiting posts a page shows to those who see them; a wave of advertising may be larger. */
const mostWithdrawn = 100
const mostRecommended = 10

/** A recommended post in the block above the posts. */
export interface Recommendation {
  readonly by: Person
  readonly excerpt: string
  readonly note: string | null
  readonly href: string
  readonly at: number
}

export interface TopicPage {
  readonly topic: TopicOnPage
  readonly forum: ForumNode
  readonly path: string
  readonly starter: Person
  readonly page: number
  readonly pages: number
  readonly posts: readonly PostOnPage[]
  /** There are more that were withdrawn than the page shows. */
  readonly hasMoreWithdrawn: boolean
  /** Posts with an edit that waits and that this viewer knows of: why it waits, a phrase key. */
  readonly proposed: ReadonlyMap<number, string>
  readonly recommended: readonly Recommendation[]
  /** What the page begins with. */
  readonly description: string
}

/** One page of a topic that this viewer may see. `page` may lie beyond `pages`: then it is empty. */
export async function topicPage(db: Db, viewer: Viewer, topic: TopicOnPage, page: number): Promise<TopicPage> {
  const { posts_per_page: size } = await settings(db)
  const forum = (await forumTree(db)).byId.get(topic.forum_id)
  if (!forum) throw new NotFound()
  const places = { topicId: topic.id, ...placesOnPage(page, size) }
  const shown = await publicPosts(db, places)
  const withdrawn = await withdrawnOnPage(db, viewer, topic, places)
  const path = topicPath(topic)
  const words = await shownWords(db)
  return {
    topic: { ...topic, title: words.line(topic.title) },
    forum,
    path,
    starter: personOf(topic.member_id, topic.member_name, topic.guest_name),
    page,
    pages: pageOfPlace(topic.post_count, size),
    posts: inOrder([...shown, ...withdrawn.slice(0, mostWithdrawn)]).map(post => ({
      ...post,
      html: words.html(post.html),
    })),
    hasMoreWithdrawn: withdrawn.length > mostWithdrawn,
    proposed: await proposedOnPage(db, viewer, topic, places),
    recommended: await recommendations(db, topic, path, size, words),
    description: words.line(excerpt(shown[0]?.text ?? '', 160)),
  }
}

type Places = { topicId: number; from: number; to: number }

async function withdrawnOnPage(db: Db, viewer: Viewer, topic: TopicOnPage, places: Places): Promise<PostOnPage[]> {
  if (!viewer.member) return []
  const limited = { ...places, limit: mostWithdrawn + 1 }
  if (isStaffIn(viewer, topic.forum_id)) return withdrawnPosts(db, limited)
  return ownWithdrawnPosts(db, { ...limited, memberId: viewer.member.id })
}

/** At one place the public post comes first, then what stands behind it in the order of writing. */
function inOrder(posts: PostOnPage[]): PostOnPage[] {
  const rank = (post: PostOnPage) => (post.position === null ? 1 : 0)
  return posts.sort((a, b) => a.place - b.place || rank(a) - rank(b) || a.created_at - b.created_at || a.id - b.id)
}

async function proposedOnPage(db: Db, viewer: Viewer, topic: TopicOnPage, places: Places) {
  if (!viewer.member) return new Map<number, string>()
  const edits = await proposedAtPlaces(db, places)
  const known = edits.filter(edit => isStaffIn(viewer, topic.forum_id) || isOwn(viewer, edit))
  return new Map(known.map(edit => [edit.post_id, edit.pending_reason]))
}

async function recommendations(
  db: Db,
  topic: TopicOnPage,
  path: string,
  size: number,
  words: ShownWords,
): Promise<Recommendation[]> {
  if (!topic.recommended) return []
  const posts = await recommendedPosts(db, { topicId: topic.id, limit: mostRecommended })
  return posts.map(post => ({ ...recommendation(post, path, size), excerpt: words.line(excerpt(post.text, 140)) }))
}

function recommendation(post: RecommendedPost, path: string, size: number): Recommendation {
  return {
    by: personOf(post.member_id, post.member_name, post.guest_name),
    excerpt: excerpt(post.text, 140),
    note: post.recommended_note,
    href: `${pathOfPage(path, pageOfPlace(post.position ?? 1, size))}#post-${post.id}`,
    at: post.created_at,
  }
}

/** A member who sees this page has read the topic up to its last post. At most one small write, none when it is not new. */
export async function markPageRead(db: Db, viewer: Viewer, { topic, posts, page, pages }: TopicPage): Promise<void> {
  const last = posts.findLast(post => post.position !== null)
  if (!viewer.member || !last) return
  const known = await topicReadUpTo(db, viewer.member, topic)
  const upTo = page >= pages ? topic.last_post_at : last.created_at
  await markTopicRead(db, viewer.member, topic, upTo, known).catch(passOverUnavailable)
}
