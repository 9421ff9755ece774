import { isOwn, type Viewer } from '../../members/index.ts'
import { type Rule, reasonOfRules } from '../../rules/index.ts'
import type { Settings } from '../../settings/index.ts'
import { isPublic, type Topic } from '../../topics/index.ts'
import { reasonToWait } from '../approval.ts'
import { gainsLink } from '../links.ts'
import type { Post } from '../queries/posts.ts'
import { type PostText, textOf } from './replace-text.ts'

/**
 * Why this edit waits for approval while the approved text stays visible, as a phrase key; null: it is saved at once.
 * It waits when it adds a link and a post of the author's would wait, this one not counted, when a moderator wants to see
 * whatever this author writes, and when a rule of the forum holds it back. What waits itself is simply changed.
 */
export function reasonToPropose(
  viewer: Viewer,
  { topic, post }: { readonly topic: Topic; readonly post: Post },
  text: PostText,
  rules: Pick<Settings, 'hold_first_links' | 'base_url'>,
  judged: readonly Rule[] = [],
): string | null {
  const waits = post.pending_at !== null || topic.pending_at !== null
  if (waits || !isOwn(viewer, post)) return null
  const hasLink = gainsLink(textOf(topic, post), text, rules.base_url || undefined)
  const suspect = reasonOfRules(judged)
  if (!hasLink && suspect === null && !viewer.member?.sanctions.approval) return null
  const counted = isPublic(post) && isPublic(topic) ? 1 : 0
  const others = (viewer.member?.postCount ?? 0) - counted
  return reasonToWait(viewer, topic.forum_id, { hasLink, suspect }, rules, others)
}
