import { type ForumNode, type WayToPost, wayToReply } from '../forums/index.ts'
import { isOwn, isStaffIn, mayIn, mayModerate, type Viewer } from '../members/index.ts'
import { canSeeTopic, isClosedTo, isPublic, type Seen, type Topic } from '../topics/index.ts'
import type { Post } from './queries/posts.ts'

/** Staff see everything; the author sees what of theirs waits or was hidden; others what is public. */
export function canSeePost(viewer: Viewer, topic: Seen & Pick<Topic, 'forum_id'>, post: Seen): boolean {
  if (!canSeeTopic(viewer, topic)) return false
  if (isPublic(post) || isStaffIn(viewer, topic.forum_id)) return true
  return isOwn(viewer, post) && post.deleted_at === null
}

/** How this viewer replies here: as a member, as a guest in one of two ways, or not at all. */
export function wayToReplyTo(viewer: Viewer, forum: ForumNode, topic: Topic): WayToPost {
  if (!canSeeTopic(viewer, topic) || isClosedTo(viewer, topic) || topic.deleted_at !== null) return null
  return wayToReply(viewer, forum)
}

/**
 * Members change their own posts for as long as their group says. Whoever may edit here changes others' posts as well,
 * but never those of someone of equal or higher standing.
 */
export function canEdit(viewer: Viewer, topic: Topic, post: Post, authorStanding: number, now: number): boolean {
  if (!canSeePost(viewer, topic, post) || post.erased_at !== null) return false
  if (!isOwn(viewer, post)) return mayModerate(viewer, topic.forum_id, 'edit') && authorStanding < viewer.standing
  return mayModerate(viewer, topic.forum_id, 'edit') || mayEditOwn(viewer, topic, post, now)
}

function mayEditOwn(viewer: Viewer, topic: Topic, post: Post, now: number): boolean {
  if (isClosedTo(viewer, topic) || !mayIn(viewer, topic.forum_id, 'edit')) return false
  const minutes = viewer.member?.editMinutes ?? null
  return minutes === null || now - post.created_at <= minutes * 60_000
}

/** Members delete their own replies, and a topic of theirs that nobody has answered. */
export function canDeleteOwn(viewer: Viewer, topic: Topic, post: Post): boolean {
  if (!isOwn(viewer, post) || !canSeePost(viewer, topic, post) || isClosedTo(viewer, topic)) return false
  const answered = post.id === topic.first_post_id && topic.post_count > 1
  return !answered && mayIn(viewer, topic.forum_id, 'delete')
}

/** Earlier versions are for the author and the moderators only. */
export function canSeeVersions(viewer: Viewer, topic: Seen & Pick<Topic, 'forum_id'>, post: Seen): boolean {
  return canSeePost(viewer, topic, post) && (isOwn(viewer, post) || isStaffIn(viewer, topic.forum_id))
}
