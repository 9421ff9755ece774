import { msg } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { moderatedForums, moderatesEverywhere, type Viewer } from '../../members/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import { wroteIn } from '../queries/dossier.ts'
import { memberTargets } from '../targets/find-target.ts'
import { menuBeside, menuFor } from './menus.ts'

/** Where moderators read about a member. */
export function dossierPath(memberId: number): string {
  return `/modcp/members/${memberId}`
}

/** What this viewer may do to a member, and where they read about them; nothing for everybody else. */
export async function memberMenu(db: Db, viewer: Viewer, memberId: number): Promise<readonly MenuItem[]> {
  if (moderatedForums(viewer).length === 0) return []
  const [target] = await memberTargets(db, [memberId])
  if (!target) return []
  const isSeen = moderatesEverywhere(viewer) || (await wroteIn(db, memberId, moderatedForums(viewer)))
  return [...(isSeen ? [lookUp(memberId)] : []), ...menuFor(viewer, target)]
}

interface Written {
  readonly id: number
  readonly member_id: number | null
}

/** The same to whoever wrote each of these posts, beside it and because of it, by the ids of the posts. */
export async function menusBeside(
  db: Db,
  viewer: Viewer,
  posts: readonly Written[],
): Promise<ReadonlyMap<number, readonly MenuItem[]>> {
  if (moderatedForums(viewer).length === 0) return new Map()
  const found = await memberTargets(
    db,
    posts.flatMap(post => post.member_id ?? []),
  )
  const targets = new Map(found.map(target => [target.id, target]))
  const menuOf = ({ id, member_id }: Written) => {
    const target = targets.get(member_id ?? 0)
    return target ? [lookUp(target.id), ...menuBeside(viewer, target, id)] : []
  }
  return new Map(posts.map(post => [post.id, menuOf(post)]))
}

function lookUp(id: number): MenuItem {
  return { text: msg('moderation.look_up'), symbol: 'user-round', href: dossierPath(id) }
}
