import { mayIn, mayModerate, type Viewer } from '../members/index.ts'
import type { Act } from './act.ts'
import type { Author } from './target.ts'

/** Where an item is and whose it is. */
export interface Placed {
  readonly forumId: number
  readonly author: Author
}

/** Nobody acts on someone of equal or higher standing; what is one's own is excepted. */
export function outranks(viewer: Viewer, author: Author): boolean {
  if (!viewer.member) return false
  return author.id === viewer.member.id || author.standing < viewer.standing
}

/** Does an appointment, or being an administrator, allow this act in this forum? */
export function hasRight(viewer: Viewer, forumId: number, act: Pick<Act, 'right'>): boolean {
  if (act.right === null) return viewer.admin && mayIn(viewer, forumId, 'read')
  return mayModerate(viewer, forumId, act.right)
}

/** May this viewer do this to this item, whatever its state is? */
export function mayDo(viewer: Viewer, act: Pick<Act, 'right'>, { forumId, author }: Placed): boolean {
  return hasRight(viewer, forumId, act) && outranks(viewer, author)
}

/** What of an entry of the log decides who may take it back. */
export interface Done {
  readonly forumId: number
  readonly actor: Author
}

/** Undo needs the same right as the act, and nobody undoes someone of equal or higher standing. */
export function mayUndo(
  viewer: Viewer,
  act: Pick<Act, 'right' | 'undo' | 'leavesForum'>,
  done: Done,
  target: Placed,
): boolean {
  if (act.undo === null || !hasRight(viewer, done.forumId, act)) return false
  if (!act.leavesForum && !hasRight(viewer, target.forumId, act)) return false
  return outranks(viewer, done.actor) && outranks(viewer, target.author)
}
