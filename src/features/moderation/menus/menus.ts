import { msg } from '../../../platform/errors.ts'
import type { ForumNode } from '../../forums/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import type { Act } from '../act.ts'
import { hasRight, mayDo } from '../policy.ts'
import { registry } from '../registry.ts'
import { aimOf } from '../targets/aim.ts'
import { isMergedAway } from '../targets/find-target.ts'
import type { MemberTarget, Target, TargetKind } from '../targets/target.ts'

/** Where every act is sent. */
export const actPath = '/moderate/'

/** The acts that this viewer may do to an item in the state it is in. */
export function actsFor(viewer: Viewer, target: Target): Act[] {
  return possible(viewer, target).filter(act => hasRight(viewer, aimOf(act, target).forumId, act))
}

function possible(viewer: Viewer, target: Target): Act[] {
  if (isMergedAway(target)) return []
  return registry.filter(act => {
    const aim = aimOf(act, target)
    return (act.fewest ?? 1) === 1 && act.targets.includes(target.kind) && mayDo(viewer, act, aim) && act.fits(aim)
  })
}

interface MenuOptions {
  /** Where it stands, if that is known. */
  readonly forum?: ForumNode | undefined
}

/** The same as lines of a menu. */
export function menuFor(viewer: Viewer, target: Target, { forum }: MenuOptions = {}): MenuItem[] {
  const acts = actsFor(viewer, target).filter(act => !forum || (act.inForum?.(forum) ?? true))
  return acts.map(act => menuItem(act, target))
}

/** What this viewer may do to a member beside a post of theirs, and because of it. */
export function menuBeside(viewer: Viewer, target: MemberTarget, postId: number): MenuItem[] {
  return possible(viewer, target).flatMap(act => {
    const item = menuItem(act, target)
    if (act.alone) return []
    return [act.aboutPosts ? { ...item, fields: { ...item.fields, about: String(postId) } } : item]
  })
}

/** One act as a line of a menu: a form of its own. */
export function menuItem(act: Act, target: Target): MenuItem {
  const { kind, id } = aimOf(act, target)
  const { name, symbol, danger } = act
  return { text: msg(`moderation.${name}`), symbol, danger, action: actPath, fields: { act: name, [kind]: String(id) } }
}

/** The acts that this viewer may do to several items of a kind at once, whatever their states. */
export function bulkActs(viewer: Viewer, forumId: number, kind: TargetKind): Act[] {
  const alone = (act: Act) => act.fields.some(field => field.control === 'password')
  // Reports are settled where they are read.
  const elsewhere = (act: Act) => act.sparesAuthor === true
  const known = registry.filter(act => act.targets.includes(kind) && !alone(act) && !elsewhere(act))
  return known.filter(act => hasRight(viewer, forumId, act))
}
