import { msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { moderatedForums, type Viewer } from '../members/index.ts'
import type { MenuItem } from '../topics/index.ts'
import { menuFor } from './menus.ts'
import { memberTargets } from './targets.ts'

/** Where moderators read about a member. */
export function dossierPath(memberId: number): string {
  return `/modcp/members/${memberId}`
}

/**
 * What this viewer may do to each of these members, and where they read about them; nothing for everybody else. `beside`:
 * beside something that they wrote.
 */
export async function memberMenus(
  db: Db,
  viewer: Viewer,
  memberIds: readonly number[],
  { beside = false } = {},
): Promise<ReadonlyMap<number, readonly MenuItem[]>> {
  if (moderatedForums(viewer).length === 0) return new Map()
  const targets = await memberTargets(db, memberIds)
  return new Map(targets.map(target => [target.id, [lookUp(target.id), ...menuFor(viewer, target, { beside })]]))
}

function lookUp(id: number): MenuItem {
  return { text: msg('moderation.look_up'), symbol: 'user-round', href: dossierPath(id) }
}
