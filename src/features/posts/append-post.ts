import { NotFound } from '../../platform/errors.ts'
import type { Tx } from '../../platform/store/index.ts'
import { showAttachments } from '../attachments/index.ts'
import { addToForum, refreshLastPost } from '../forums/index.ts'
import { addToPostCount } from '../members/index.ts'
import { isPublic, type Topic } from '../topics/index.ts'
import { recordPublished } from './events.ts'
import { refreshCountsSoon } from './lagging-counts.ts'
import { countPosts } from './queries/positions.ts'
import { insertPost, insertQuotes, type Post } from './queries/posts.ts'
import { updateTopic } from './queries/states.ts'

export interface NewPost {
  readonly topicId: number
  readonly memberId: number | null
  readonly guestName: string | null
  readonly html: string
  readonly text: string
  readonly contentVersion: number
  readonly quotes: readonly number[]
  /** What it shows of what its author uploaded; of others' uploads nothing is opened by it. */
  readonly attachments?: readonly number[]
  readonly createdAt: number
  readonly address: string | null
  /** A phrase key: then the post waits for approval. */
  readonly pendingReason: string | null
  /** Why a program may have sent it: a phrase key. */
  readonly suspect?: string | null
}

/**
 * Writes a post behind all others of its topic and keeps every counter right. Public at once unless it has a reason to
 * wait. Throws NotFound when the topic is gone.
 */
export async function appendPost(tx: Tx, post: NewPost): Promise<Post> {
  const pending = post.pendingReason !== null
  const topic = await countPosts(tx, post.topicId, pending ? 0 : 1)
  if (!topic) throw new NotFound()
  const written = await insertPost(tx, {
    ...rowOf(post),
    position: pending ? null : topic.post_count,
    place: topic.post_count,
  })
  await insertQuotes(tx, written.id, post.quotes)
  const { attachments: ids = [], memberId: by } = post
  if (ids.length > 0) await showAttachments(tx, { postId: written.id, ids, by })
  if (topic.first_post_id === null) await updateTopic(tx, topic.id, { first_post_id: written.id })
  if (!pending) await countAppended(tx, topic, written)
  return written
}

function rowOf(post: NewPost) {
  return {
    topic_id: post.topicId,
    member_id: post.memberId,
    guest_name: post.guestName,
    html: post.html,
    text: post.text,
    content_version: post.contentVersion,
    created_at: post.createdAt,
    address: post.address,
    pending_at: post.pendingReason === null ? null : post.createdAt,
    pending_reason: post.pendingReason,
    suspect: post.suspect ?? null,
  }
}

async function countAppended(tx: Tx, topic: Topic, post: Post): Promise<void> {
  // The highest position was just given out to it.
  await updateTopic(tx, topic.id, { last_post_id: post.id, last_post_at: post.created_at })
  if (!isPublic(topic)) return
  await recordPublished(tx, post.id)
  await addToForum(tx, topic.forum_id, { topics: topic.first_post_id === null ? 1 : 0, posts: 1 })
  await refreshLastPost(tx, topic.forum_id)
  if (post.member_id !== null) await addToPostCount(tx, post.member_id, 1, topic.forum_id)
  await refreshCountsSoon(tx)
}
