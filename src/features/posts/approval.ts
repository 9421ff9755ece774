import { type Held, mayIn, mayModerate, type Viewer } from '../members/index.ts'
import type { Settings } from '../settings/index.ts'

/** What waits with its author's account: phrase keys. It appears by itself when the account is in order. */
export const heldReasons: Readonly<Record<Held, string>> = {
  unverified: 'posts.waits_email',
  waiting: 'posts.waits_account',
}

/** Does it wait with its author's account, not for a moderator? */
export function isHeldReason(reason: string | null): boolean {
  return reason !== null && Object.values(heldReasons).includes(reason)
}

export interface Judged {
  /** It holds a link or an address, in the text or the title. */
  readonly hasLink: boolean
  /** Why a program may have sent it: a phrase key. */
  readonly suspect?: string | null | undefined
  /** The forum keeps back whatever is written there. */
  readonly forumHolds?: boolean
}

/**
 * Why what this viewer posts here waits for approval, as a phrase key; null: it appears at once. `publicPosts` is how
 * many posts of theirs everybody sees already.
 */
export function reasonToWait(
  viewer: Viewer,
  forumId: number,
  judged: Judged,
  rules: Pick<Settings, 'hold_first_links'>,
  publicPosts = viewer.member?.postCount ?? 0,
): string | null {
  if (viewer.member?.held) return heldReasons[viewer.member.held]
  if (viewer.member?.sanctions.approval) return 'posts.waits_restricted'
  if (mayModerate(viewer, forumId, 'approve')) return null
  if (judged.suspect) return judged.suspect
  if (judged.forumHolds || !mayIn(viewer, forumId, 'publish')) return 'posts.waits_for_all'
  return rules.hold_first_links && judged.hasLink && publicPosts === 0 ? 'posts.waits_first_link' : null
}
