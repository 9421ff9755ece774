import { isOwn, isStaffIn, mayIn, mayModerate, type Viewer } from '../members/index.ts'
import type { Topic } from './queries/topics.ts'
import { isPublic } from './state.ts'

/** What decides who sees a topic, or a post in one. */
export type Seen = Pick<Topic, 'member_id' | 'hidden_at' | 'deleted_at' | 'pending_at'>

/** Staff see everything; the author sees what of theirs waits or was hidden; others what is public. */
export function canSeeTopic(viewer: Viewer, topic: Seen & Pick<Topic, 'forum_id'>): boolean {
  if (!mayIn(viewer, topic.forum_id, 'read')) return false
  if (isPublic(topic) || isStaffIn(viewer, topic.forum_id)) return true
  return isOwn(viewer, topic) && topic.deleted_at === null
}

/** Locked topics take replies from those who may lock them only. */
export function isClosedTo(viewer: Viewer, topic: Topic): boolean {
  return topic.locked_at !== null && !mayModerate(viewer, topic.forum_id, 'lock')
}
