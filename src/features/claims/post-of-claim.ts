import { Refusal } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { findForum } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { findPost, type Post } from '../posts/index.ts'
import { findTopic, topicPath } from '../topics/index.ts'
import type { Written } from './repeats.ts'

/** The post, unless this viewer cannot see it (yet). */
export async function seenPost(db: Db, viewer: Viewer, id: number): Promise<Post | null> {
  return orNull(async () => (await findPost(db, viewer, id)).post)
}

/** The topic or forum for which something was written, unless this viewer cannot see it any more. */
export async function seenPlace(db: Db, viewer: Viewer, { forum_id, topic_id }: Written) {
  return orNull(async () => {
    if (topic_id === null) {
      const forum = await findForum(db, viewer, forum_id)
      return { href: forum.path, text: forum.name }
    }
    const topic = await findTopic(db, viewer, topic_id)
    return { href: topicPath(topic), text: topic.title }
  })
}

async function orNull<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
