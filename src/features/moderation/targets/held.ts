import { type Message, msg } from '../../../platform/errors.ts'
import { isHeldReason } from '../../posts/index.ts'
import type { Target } from './target.ts'

/** Does it wait with its author's account? Then it is nobody's to judge: it appears by itself, or waits anew. */
export function waitsForAuthor({ item }: Target): boolean {
  return 'pending_reason' in item && isHeldReason(item.pending_reason)
}

/** Said to whoever would judge it all the same. */
export function whyNotYet(target: Target): Message | null {
  return waitsForAuthor(target) ? msg('moderation.waits_for_author') : null
}
