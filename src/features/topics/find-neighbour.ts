import type { Db } from '../../platform/store/index.ts'
import { isStaffIn, type Viewer } from '../members/index.ts'
import { neighbourOf } from './queries/neighbours.ts'
import type { Topic } from './queries/topics.ts'

/** The topic listed after this one in its forum, or before it, among those that this viewer may see. */
export async function findNeighbour(db: Db, viewer: Viewer, topic: Topic, side: 'next' | 'previous') {
  const sight = { everything: isStaffIn(viewer, topic.forum_id), memberId: viewer.member?.id ?? null }
  return neighbourOf(db, topic, sight, side)
}
