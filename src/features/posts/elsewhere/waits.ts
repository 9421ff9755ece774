import type { Db } from '../../../platform/store/index.ts'
import { topicById } from '../../topics/index.ts'
import type { Post } from '../queries/posts.ts'

/**
 * Does it wait for approval, or the topic in which it stands? What waits is not looked up for anybody; when it appears it
 * is.
 */
export async function waitsForApproval(db: Db, post: Pick<Post, 'pending_at' | 'topic_id'>): Promise<boolean> {
  if (post.pending_at !== null) return true
  const topic = await topicById(db, post.topic_id)
  return topic !== undefined && topic.pending_at !== null
}
