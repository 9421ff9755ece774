import { Gone, NotFound } from '../../platform/errors.ts'
import { pathTo } from '../../platform/slug.ts'
import type { Db } from '../../platform/store/index.ts'
import { mayIn, type Viewer } from '../members/index.ts'
import { canSeeTopic } from './policy.ts'
import { type Topic, topicById } from './queries/topics.ts'

/**
 * The topic, or the one into which it was merged, if this viewer may see it. Throws NotFound, or Gone when it was deleted
 * from a forum they may read.
 */
export async function findTopic(db: Db, viewer: Viewer, id: number): Promise<Topic> {
  return requireSeen(viewer, await standingTopic(db, id))
}

async function standingTopic(db: Db, id: number): Promise<Topic | undefined> {
  const topic = await topicById(db, id)
  return topic?.merged_into_id == null ? topic : standingTopic(db, topic.merged_into_id)
}

/** What a read brought, if this viewer may see it. Throws as `findTopic` does. */
export function requireSeen<T extends Topic>(viewer: Viewer, topic: T | undefined): T {
  if (topic && canSeeTopic(viewer, topic)) return topic
  if (topic?.deleted_at && !topic.hidden_at && !topic.pending_at && mayIn(viewer, topic.forum_id, 'read')) {
    throw new Gone()
  }
  throw new NotFound()
}

/** `/topic/345-title/` */
export function topicPath(topic: { readonly id: number; readonly slug: string }): string {
  return pathTo('topic', topic.id, topic.slug)
}
