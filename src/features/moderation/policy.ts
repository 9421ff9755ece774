import { type ActName, accountActs, everywhere } from '../groups/index.ts'
import { mayIn, mayModerate, mayModerateEverywhere, mayModerateSomewhere, type Viewer } from '../members/index.ts'
import type { Act } from './act.ts'
import type { Author, TargetKind } from './targets/target.ts'

/** Where an item is and whose it is. */
export interface Placed {
  readonly forumId: number
  readonly author: Author
  readonly kind?: TargetKind
}

/** Nobody acts on someone of equal or higher standing; what is one's own is excepted. */
export function outranks(viewer: Viewer, author: Author): boolean {
  if (!viewer.member) return false
  return author.id === viewer.member.id || author.standing < viewer.standing
}

/** The same for an item; of themselves nobody is the judge. */
function outranksAt(viewer: Viewer, act: Pick<Act, 'sparesAuthor'>, { author, kind }: Placed): boolean {
  if (act.sparesAuthor) return viewer.member !== null && author.id !== viewer.member.id
  return outranks(viewer, author) && (kind !== 'member' || author.id !== viewer.member?.id)
}

/** Does an appointment, or being an administrator, allow this act in this forum? */
export function hasRight(viewer: Viewer, forumId: number, act: Pick<Act, 'right'>): boolean {
  if (forumId === everywhere) return act.right === null ? viewer.admin : hasRightOverMembers(viewer, act.right)
  if (act.right === null) return viewer.admin && mayIn(viewer, forumId, 'read')
  return mayModerate(viewer, forumId, act.right)
}

/** What a member meets in every forum is for those who moderate every forum. */
function hasRightOverMembers(viewer: Viewer, right: ActName): boolean {
  const overAll: readonly ActName[] = ['warn', 'restrict', 'ban', 'announce', ...accountActs]
  return overAll.includes(right) && mayModerateEverywhere(viewer, right)
}

/** May this viewer do this to this item, whatever its state is? */
export function mayDo(viewer: Viewer, act: Pick<Act, 'right' | 'sparesAuthor' | 'aboutPosts'>, place: Placed): boolean {
  return (hasRight(viewer, place.forumId, act) || mayAboutPosts(viewer, act, place)) && outranksAt(viewer, act, place)
}

/** Whoever moderates anywhere may do it about what stands there: the act looks where that is. */
function mayAboutPosts(viewer: Viewer, { right, aboutPosts }: Pick<Act, 'right' | 'aboutPosts'>, { kind }: Placed) {
  return aboutPosts === true && kind === 'member' && right !== null && mayModerateSomewhere(viewer, right)
}

/** What of an entry of the log decides who may take it back. */
export interface Done {
  readonly forumId: number
  readonly actor: Author
}

/** Undo needs the same right as the act, and nobody undoes someone of equal or higher standing. */
export function mayUndo(
  viewer: Viewer,
  act: Pick<Act, 'right' | 'undo' | 'leavesForum' | 'sparesAuthor'>,
  done: Done,
  target: Placed,
): boolean {
  if (act.undo === null || !hasRight(viewer, done.forumId, act)) return false
  // A member is in no forum: there the one in which it was done decides.
  if (!act.leavesForum && target.kind !== 'member' && !hasRight(viewer, target.forumId, act)) return false
  return outranks(viewer, done.actor) && outranksAt(viewer, act, target)
}
