import { type ActName, everywhere, type ForumVerb, type ForumVerbs, type Reach } from '../groups/index.ts'
import type { Sanctions } from '../sanctions/index.ts'
import type { Verification } from '../settings/index.ts'
import type { OpenedForums } from './locked-forums.ts'

/** Why what a member posts is kept back until their account is in order. */
export type Held = 'unverified' | 'waiting'

export interface ViewerMember {
  readonly id: number
  readonly name: string
  readonly path: string
  readonly email: string
  readonly joinedAt: number
  readonly postCount: number
  readonly readAllAt: number
  readonly editMinutes: number | null
  /** The version of the terms that they accepted last; null: none. */
  readonly termsVersion: number | null
  /** The address has to be proven first, or an administrator to take them in; null: neither. */
  readonly held: Held | null
  /** Of an account that is kept back: changes with its password, so that whoever writes is known to have it still. */
  readonly handsMark: string | null
  /** How often the account has changed hands: a session that began with another number is over. */
  readonly hands: number
  /** What moderators hold back of theirs. */
  readonly sanctions: Sanctions
  /** They would rather not see what others let stand under their posts. */
  readonly hidesSignatures: boolean
  /** An administrator has still to take them in, whatever else is asked of them first. */
  readonly waiting: boolean
}

/**
 * Which of a member's counts of posts somebody is shown: that of all posts, or that of those which ordinary members or
 * guests may read. So no number tells that something is written where they may not read.
 */
export type Audience = 'all' | 'members' | 'guests'

/** Who is looking, with everything they may do resolved. A guest has no member. */
export interface Viewer {
  readonly member: ViewerMember | null
  readonly groupId: number
  readonly groupName: string
  /** Nobody acts on someone of equal or higher standing. */
  readonly standing: number
  readonly admin: boolean
  /** The network address as the proxies we trust report it. */
  readonly address: string
  /** A guest who came by an invitation that is still good. */
  readonly invited?: boolean
  /** What the member chose; null: as the browser and the forum say. */
  readonly locale: string | null
  readonly timeZone: string | null
  readonly theme: string | null
  readonly forums: ForumVerbs
  /** What they could read after a password, with the forum that asks for it. */
  readonly locked?: ReadonlyMap<number, number>
  /** The passwords that they gave. */
  readonly opened?: OpenedForums | undefined
  readonly moderates: Reach
  /** Whose count of everybody's posts they are shown. */
  readonly audience: Audience
  /**
   * The administrator who looks with these eyes. Then nothing is written down that this viewer reads, and what is theirs
   * alone is not shown.
   */
  readonly onlooker?: number
}

declare global {
  namespace Express {
    interface Request {
      /** Whoever asks. */
      viewer: Viewer
    }
  }
}

/** Can anybody sign in to this account: is it neither deleted nor closed? */
export function isOpenAccount(account: Readonly<Record<'deleted_at' | 'closed_at', number | null>>): boolean {
  return account.deleted_at === null && account.closed_at === null
}

/** Is the address theirs, as far as we ask? If not it may be a stranger's, who must not be mailed what somebody else did. */
export function isProven(account: Readonly<Record<'email_verified_at' | 'email_demanded_at', number | null>>): boolean {
  return account.email_verified_at !== null || account.email_demanded_at === null
}

/**
 * What keeps this account back under these rules. Proving comes first: until then its address may be a stranger's, who must
 * not find there what somebody else wrote, or be mailed about it.
 */
export function heldBack(
  account: {
    readonly pending_at: number | null
    readonly email_verified_at: number | null
    readonly email_demanded_at: number | null
  },
  verification: Verification,
): Held | null {
  if (!isProven(account) && verification !== 'off') return 'unverified'
  return account.pending_at === null ? null : 'waiting'
}

/** May this viewer do this in this forum? Nothing is allowed in a forum that they may not read. */
export function mayIn(viewer: Viewer, forumId: number, verb: ForumVerb): boolean {
  if (viewer.admin) return viewer.forums.has(forumId)
  const verbs = viewer.forums.get(forumId)
  return verbs?.has('read') === true && verbs.has(verb)
}

/** The ids of the forums whose topics this viewer may read. */
export function readableForums(viewer: Viewer): number[] {
  return [...viewer.forums.keys()].filter(forum => mayIn(viewer, forum, 'read'))
}

/** May this viewer do this act of moderation in this forum? */
export function mayModerate(viewer: Viewer, forumId: number, act: ActName): boolean {
  if (!mayIn(viewer, forumId, 'read')) return false
  if (viewer.admin) return true
  return viewer.moderates.get(forumId)?.has(act) === true
}

/** May this viewer do this act where it concerns every forum, such as to a member? An appointment for everywhere allows it. */
export function mayModerateEverywhere(viewer: Viewer, act: ActName): boolean {
  return viewer.admin || viewer.moderates.get(everywhere)?.has(act) === true
}

/** Does this viewer moderate the forum as a whole? Whoever does not sees of members what stands in their forums. */
export function moderatesEverywhere(viewer: Viewer): boolean {
  return viewer.admin || viewer.moderates.has(everywhere)
}

/** May this viewer do this act in any forum that they can read? */
export function mayModerateSomewhere(viewer: Viewer, act: ActName): boolean {
  return viewer.admin || [...viewer.forums.keys()].some(forum => mayModerate(viewer, forum, act))
}

/** Whoever moderates here sees what is hidden, deleted and waiting. */
export function isStaffIn(viewer: Viewer, forumId: number): boolean {
  return viewer.admin || (viewer.moderates.has(forumId) && mayIn(viewer, forumId, 'read'))
}

/** The forums in which this viewer moderates. */
export function moderatedForums(viewer: Viewer): number[] {
  return [...viewer.forums.keys()].filter(forum => isStaffIn(viewer, forum))
}

/** Did this viewer write it? Never true of guests: two of them may have the same name. */
export function isOwn(viewer: Viewer, item: { readonly member_id: number | null }): boolean {
  return viewer.member !== null && viewer.member.id === item.member_id
}
