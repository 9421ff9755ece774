import { pathTo, slugOf } from '../../platform/slug.ts'
import type { Db } from '../../platform/store/index.ts'
import { allGroups, appointedStanding, type Group, permissionTable, reachOf } from '../groups/index.ts'
import { settings, verificationOf } from '../settings/index.ts'
import { type Member, memberById } from './queries.ts'
import { type Held, heldBack, type Viewer, type ViewerMember } from './viewer.ts'

/** Whoever looks, with everything they may do. A member who is gone looks as a guest. */
export async function loadViewer(db: Db, memberId: number | null | undefined, address: string): Promise<Viewer> {
  const member = memberId ? await memberById(db, memberId) : undefined
  const groups = await allGroups(db)
  const group = groups.find(({ id, kind }) => (member ? id === member.group_id : kind === 'guests')) as Group
  const forums = (await permissionTable(db)).get(group.id) ?? new Map()
  const moderates = member ? await reachOf(db, member.id, group.id) : new Map()
  return {
    member: member ? { ...viewerMember(member, group), held: await heldNow(db, member) } : null,
    groupId: group.id,
    groupName: group.name,
    standing: Math.max(group.standing, moderates.size > 0 ? appointedStanding : 0),
    admin: group.kind === 'administrators',
    address,
    locale: member?.locale ?? null,
    timeZone: member?.time_zone ?? null,
    theme: member?.theme ?? null,
    forums,
    moderates,
  }
}

async function heldNow(db: Db, member: Member): Promise<Held | null> {
  return heldBack(member, verificationOf(await settings(db)))
}

function viewerMember(member: Member, group: Group): Omit<ViewerMember, 'held'> {
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
  }
}

/** `/profile/7-name/` */
export function memberPath(member: { readonly id: number; readonly name: string }): string {
  return pathTo('profile', member.id, slugOf(member.name))
}
