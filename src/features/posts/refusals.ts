import { Conflict, Forbidden, Gone, Invalid, msg, NotFound, type Refusal } from '../../platform/errors.ts'
import type { ForumNode } from '../forums/index.ts'
import { type WayToPost, wayToStart } from '../forums/index.ts'
import { mayIn, type Viewer } from '../members/index.ts'
import { whyNoPosting } from '../sanctions/index.ts'
import { canSeeTopic, isClosedTo, type Topic } from '../topics/index.ts'
import { wayToReplyTo } from './policy.ts'

/**
 * Why this viewer cannot reply, in words about what happened to the topic; null: they can, in this way. Says the same of
 * a topic that never was and of one they may not know of.
 */
export function refusalToReply(viewer: Viewer, forum: ForumNode | undefined, topic: Topic | undefined, way: WayToPost) {
  const reach = refusalToReach(viewer, topic)
  if (reach || !topic || !forum) return reach ?? new NotFound(msg('posts.lost_out_of_reach'))
  if (isClosedTo(viewer, topic)) return new Conflict(msg('posts.lost_locked'))
  if (wayToReplyTo(viewer, forum, topic) !== way) return notAllowed(viewer)
  return null
}

function refusalToReach(viewer: Viewer, topic: Topic | undefined): Refusal | null {
  if (topic && canSeeTopic(viewer, topic) && topic.deleted_at === null) return null
  const wasReadable = topic && mayIn(viewer, topic.forum_id, 'read') && !topic.hidden_at && !topic.pending_at
  return wasReadable ? new Gone(msg('posts.lost_deleted')) : new NotFound(msg('posts.lost_out_of_reach'))
}

/** Why this viewer cannot start a topic here; null: they can, in this way. */
export function refusalToStart(viewer: Viewer, forum: ForumNode | undefined, way: WayToPost): Refusal | null {
  if (!forum || !mayIn(viewer, forum.id, 'read')) return new NotFound(msg('posts.lost_forum'))
  return wayToStart(viewer, forum) === way ? null : notAllowed(viewer)
}

function notAllowed({ member }: Viewer): Forbidden {
  return new Forbidden((member && whyNoPosting(member.sanctions)) ?? msg('posts.lost_not_allowed'))
}

/** Throws Invalid when this viewer posts a link and moderators forbid them that. */
export function refuseLinks({ member }: Viewer, hasLink: boolean): void {
  if (hasLink && member?.sanctions.no_links) throw new Invalid({ body: msg('sanctions.no_links') })
}
