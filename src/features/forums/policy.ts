import { mayIn, type Viewer } from '../members/index.ts'
import type { ForumNode } from './tree.ts'

/** How this viewer starts a topic or replies here: as a member, as a guest in one of two ways, or not at all. */
export type WayToPost = 'member' | 'claim' | 'named' | null

/** The way in which this viewer may start a topic in this forum. */
export function wayToStart(viewer: Viewer, forum: ForumNode): WayToPost {
  return wayTo(viewer, forum, 'start')
}

/** The way in which this viewer may reply in this forum, as far as the forum decides. */
export function wayToReply(viewer: Viewer, forum: ForumNode): WayToPost {
  return wayTo(viewer, forum, 'reply')
}

function wayTo(viewer: Viewer, forum: ForumNode, verb: 'start' | 'reply'): WayToPost {
  if (forum.kind !== 'forum' || !mayIn(viewer, forum.id, 'read')) return null
  if (viewer.member) return mayIn(viewer, forum.id, verb) ? 'member' : null
  const posting = viewer.invited ? forum.invitedPosting : forum.guestPosting
  return posting === 'none' ? null : posting
}
