import type { Db } from '../../platform/store/index.ts'
import { appointedStanding, type Group, permissionTable, reachOf } from '../groups/index.ts'
import { noSanctions } from '../sanctions/index.ts'
import { audienceOf } from './audience.ts'
import { withoutLocked } from './locked-forums.ts'
import type { Viewer, ViewerMember } from './viewer.ts'

/** No row has this id. */
const nobody = 0

/** Somebody who has just come into this group and has done nothing yet, under the name of the group. */
export async function imaginedViewer(db: Db, group: Group): Promise<Viewer> {
  const isGuest = group.kind === 'guests'
  const moderates = isGuest ? new Map() : await reachOf(db, nobody, group.id)
  const admin = group.kind === 'administrators'
  const own = await withoutLocked(db, (await permissionTable(db)).get(group.id) ?? new Map(), moderates)
  return {
    member: isGuest ? null : imaginedMember(group),
    groupId: group.id,
    groupName: group.name,
    standing: Math.max(group.standing, moderates.size > 0 ? appointedStanding : 0),
    admin,
    address: '',
    locale: null,
    timeZone: null,
    theme: null,
    ...own,
    moderates,
    audience: isGuest ? 'guests' : await audienceOf(db, { forums: own.forums, admin }),
  }
}

function imaginedMember(group: Group): ViewerMember {
  const now = Date.now()
  return {
    id: nobody,
    name: group.name,
    path: '/',
    email: '',
    joinedAt: now,
    postCount: 0,
    readAllAt: now,
    editMinutes: group.edit_minutes,
    termsVersion: null,
    held: null,
    handsMark: null,
    hands: 0,
    sanctions: noSanctions,
    hidesSignatures: false,
    waiting: false,
  }
}
