import { SignInNeeded } from '../../platform/errors.ts'
import { hashSecret } from '../../platform/secret.ts'
import { pathTo, slugOf } from '../../platform/slug.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import {
  allGroups,
  appointedStanding,
  type ForumVerbs,
  type Group,
  permissionTable,
  type Reach,
  reachOf,
} from '../groups/index.ts'
import {
  banOver,
  bansOfMany,
  keepsFromPosting,
  noSanctions,
  type Sanctions,
  sanctionsOver,
} from '../sanctions/index.ts'
import { settings, verificationOf } from '../settings/index.ts'
import { audienceOf } from './audience.ts'
import { type OpenedForums, withoutLocked } from './locked-forums.ts'
import { lockMember, type Member, memberById } from './queries.ts'
import { type Held, heldBack, isOpenAccount, type Viewer, type ViewerMember } from './viewer.ts'

export interface ViewerOptions {
  /** With what they may do once their account is in order. */
  readonly inOrder?: boolean
  /** As an ordinary member, whatever else they are. */
  readonly plain?: boolean
  /** The forums whose passwords were given in this session. */
  readonly opened?: OpenedForums | undefined
}

/**
 * Whoever looks, with everything they may do. A member who is gone looks as a guest. One who has to prove an address
 * before anything else may only read, and only what guests may; so does one who is banned. Who may not post reads on.
 */
export async function loadViewer(
  db: Db,
  memberId: number | null | undefined,
  address: string,
  { inOrder = false, plain = false, opened }: ViewerOptions = {},
): Promise<Viewer> {
  const member = memberId ? await presentMember(db, memberId) : undefined
  const groups = await allGroups(db)
  const ofKind = (wanted: Group['kind']) => groups.find(({ kind }) => kind === wanted) as Group
  const own = groups.find(({ id }) => id === member?.group_id) ?? ofKind('guests')
  const group = member && plain ? ofKind('members') : own
  const held = member ? heldBack(member, verificationOf(await settings(db))) : null
  const sanctions = member && group.kind !== 'administrators' ? await heldBy(db, member, address) : noSanctions
  const provesFirst = !inOrder && held === 'unverified' && verificationOf(await settings(db)) === 'anything'
  const readsOnly = provesFirst || sanctions.ban !== null
  const forums = (await permissionTable(db)).get(readsOnly ? ofKind('guests').id : group.id) ?? new Map()
  const moderates: Reach = member && !readsOnly && !plain ? await reachOf(db, member.id, group.id) : new Map()
  const admin = group.kind === 'administrators' && !readsOnly
  const unlocked = admin ? { forums } : await withoutLocked(db, forums, moderates, opened)
  return {
    ...unlocked,
    opened,
    member: member ? { ...viewerMember(member, group, sanctions), held, handsMark: held && handsMark(member) } : null,
    groupId: group.id,
    groupName: group.name,
    standing: Math.max(group.standing, moderates.size > 0 ? appointedStanding : 0),
    admin,
    address,
    locale: member?.locale ?? null,
    timeZone: member?.time_zone ?? null,
    theme: member?.theme ?? null,
    forums: readsOnly || keepsFromPosting(sanctions) ? reading(unlocked.forums) : unlocked.forums,
    moderates,
    audience: member ? await audienceOf(db, { forums: unlocked.forums, admin }) : 'guests',
  }
}

/** Whoever moderates is never shut out with others at the same place. */
async function heldBy(db: Db, member: Member, address: string): Promise<Sanctions> {
  const own = await sanctionsOver(db, member)
  if (own.ban || (await bansOfMany(db)).length === 0) return own
  const ban = await banOver(db, { address, emailKey: member.email_key })
  if (!ban || (await reachOf(db, member.id, member.group_id)).size > 0) return own
  return { ...own, ban }
}

async function presentMember(db: Db, id: number): Promise<Member | undefined> {
  const member = await memberById(db, id)
  return member && isOpenAccount(member) ? member : undefined
}

/** Of these verbs only to read. */
function reading(forums: ForumVerbs): ForumVerbs {
  return new Map([...forums].map(([forum, verbs]) => [forum, new Set([...verbs].filter(verb => verb === 'read'))]))
}

/**
 * What keeps this member's account back at this moment; nobody changes that before the transaction ends. Throws
 * SignInNeeded when the account was given to the owner of its address meanwhile.
 */
export async function heldNow(tx: Tx, { id, handsMark: mark }: ViewerMember): Promise<Held | null> {
  const member = await lockMember(tx, id)
  if (!member || handsMark(member) !== mark) throw new SignInNeeded()
  return heldBack(member, verificationOf(await settings(tx)))
}

function handsMark({ password_hash }: Member): string {
  return hashSecret(password_hash)
}

function viewerMember(member: Member, group: Group, sanctions: Sanctions): Omit<ViewerMember, 'held' | 'handsMark'> {
  return {
    id: member.id,
    name: member.name,
    path: memberPath(member),
    email: member.email,
    joinedAt: member.joined_at,
    postCount: member.post_count,
    readAllAt: member.read_all_at,
    editMinutes: group.edit_minutes,
    termsVersion: member.terms_version,
    sanctions,
    hidesSignatures: member.hide_signatures === 1,
    waiting: member.pending_at !== null,
    hands: member.hands,
  }
}

/** `/profile/7-name/` */
export function memberPath(member: { readonly id: number; readonly name: string }): string {
  return pathTo('profile', member.id, slugOf(member.name))
}
