import { Gone, NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { type ForumNode, findForum, wayToReply, wayToStart } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { findTopic, isClosedTo, topicPath } from '../topics/index.ts'
import type { Place } from './carried.ts'

/** The page on which a topic is started in a forum. */
export type StartTopicPath = (forum: ForumNode) => string

/** Where a text for this place can go on being written; null when this viewer cannot post there (any more). */
export async function placePath(
  db: Db,
  viewer: Viewer,
  place: Place,
  startTopicPath: StartTopicPath,
): Promise<string | null> {
  try {
    if ('topic' in place) return await replyPath(db, viewer, place.topic)
    const forum = await findForum(db, viewer, place.forum)
    return wayToStart(viewer, forum) && startTopicPath(forum)
  } catch (error) {
    if (error instanceof NotFound || error instanceof Gone) return null
    throw error
  }
}

async function replyPath(db: Db, viewer: Viewer, id: number): Promise<string | null> {
  const topic = await findTopic(db, viewer, id)
  const forum = await findForum(db, viewer, topic.forum_id)
  const open = wayToReply(viewer, forum) && !isClosedTo(viewer, topic)
  return open ? `${topicPath(topic)}?reply#reply` : null
}
