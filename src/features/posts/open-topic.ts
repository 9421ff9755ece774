import { slugOf } from '../../platform/slug.ts'
import type { Tx } from '../../platform/store/index.ts'
import { appendPost, type NewPost } from './append-post.ts'
import { holdList } from './hold-list.ts'
import type { Post } from './queries/posts.ts'
import { insertTopic } from './queries/topics.ts'

export interface NewTopic extends Omit<NewPost, 'topicId'> {
  readonly forumId: number
  readonly title: string
  readonly prefixId?: number | null
}

/**
 * Opens a topic with its first post, which it returns, and keeps every counter right. With a reason to wait the whole
 * topic waits: its opening post has no state of its own.
 */
export async function openTopic(
  tx: Tx,
  { forumId, title, prefixId = null, pendingReason, ...post }: NewTopic,
): Promise<Post> {
  await holdList(tx, forumId)
  const topicId = await insertTopic(tx, {
    forum_id: forumId,
    title,
    slug: slugOf(title),
    prefix_id: prefixId,
    member_id: post.memberId,
    guest_name: post.guestName,
    created_at: post.createdAt,
    last_post_at: post.createdAt,
    pending_at: pendingReason === null ? null : post.createdAt,
    pending_reason: pendingReason,
  })
  return appendPost(tx, { ...post, topicId, pendingReason: null })
}
