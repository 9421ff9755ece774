import { Forbidden, Gone, NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { findForum, wayToStart } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { openEdit, type Place, placePath, wayToReplyTo } from '../posts/index.ts'
import { findTopic } from '../topics/index.ts'

/** Where a text for this place goes on being written; null when this viewer cannot write there (any more). */
export async function openPlacePath(db: Db, viewer: Viewer, place: Place): Promise<string | null> {
  try {
    return (await isOpen(db, viewer, place)) ? placePath(place) : null
  } catch (error) {
    if (error instanceof NotFound || error instanceof Gone || error instanceof Forbidden) return null
    throw error
  }
}

async function isOpen(db: Db, viewer: Viewer, place: Place): Promise<boolean> {
  const [kind, number] = place.split(':')
  const id = Number(number)
  if (kind === 'forum') return wayToStart(viewer, await findForum(db, viewer, id)) !== null
  if (kind === 'topic') return mayReply(db, viewer, id)
  await openEdit(db, viewer, id)
  return true
}

async function mayReply(db: Db, viewer: Viewer, id: number): Promise<boolean> {
  const topic = await findTopic(db, viewer, id)
  const forum = await findForum(db, viewer, topic.forum_id)
  return wayToReplyTo(viewer, forum, topic) !== null
}
