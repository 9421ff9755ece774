import { Gone, NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { findTopic, type Topic } from '../topics/index.ts'
import { canSeePost } from './policy.ts'
import { type Post, postById } from './queries/posts.ts'

/** The post with its topic, if this viewer may see both. Throws NotFound, or Gone when it was deleted in a readable topic. */
export async function findPost(db: Db, viewer: Viewer, id: number): Promise<{ topic: Topic; post: Post }> {
  const post = await postById(db, id)
  if (!post) throw new NotFound()
  const topic = await findTopic(db, viewer, post.topic_id)
  if (canSeePost(viewer, topic, post)) return { topic, post }
  throw post.deleted_at !== null && post.hidden_at === null && post.pending_at === null ? new Gone() : new NotFound()
}
