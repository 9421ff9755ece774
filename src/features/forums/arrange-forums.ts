import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { slugOf } from '../../platform/slug.ts'
import { type Db, type GuestPosting, inTransaction, lockName, type Tx } from '../../platform/store/index.ts'
import { handDown } from './hand-down.ts'
import { type ForumMore, insertForum, madeSince, removeForum, siblings, updateForum } from './queries/arrangement.ts'
import { forumTree } from './queries/forums.ts'
import { type ForumNode, type ForumTree, subtree } from './tree.ts'

export interface ForumValues {
  readonly kind: ForumNode['kind']
  readonly parentId: number | null
  readonly name: string
  readonly description: string
  readonly guestPosting: GuestPosting | null
  /** What stays as it is unless it is given. */
  readonly more?: Partial<ForumMore>
}

const minute = 60_000

/**
 * Until this transaction ends nobody else moves a forum: two moves at once, each of them right, could put two forums into
 * each other. Before any forum's row.
 */
export async function lockArrangement(tx: Tx): Promise<void> {
  await lockName(tx, 'order of forums')
}

/** A new category or forum, also when its button is pressed twice; its id. Throws as `addForum` does. */
export async function createForum(db: Db, values: ForumValues): Promise<number> {
  return inTransaction(db, async tx => {
    await lockArrangement(tx)
    const made = await madeSince(tx, rowOf(values), Date.now() - minute)
    return made ?? addForum(tx, values)
  })
}

/** Puts a category or forum last among its siblings; its id. Throws Invalid for a parent that cannot hold it. */
export async function addForum(tx: Tx, values: ForumValues): Promise<number> {
  requirePlace(await forumTree(tx), values, null)
  const position = (await siblings(tx, values.parentId)).length
  return insertForum(tx, { ...rowOf(values), position, created_at: Date.now() })
}

/**
 * Changes a category or forum, and its place; a category stays one and a forum too. Throws NotFound, or Invalid for a
 * parent that cannot hold it.
 */
export async function editForum(db: Db, id: number, values: Omit<ForumValues, 'kind'>): Promise<void> {
  await inTransaction(db, async tx => {
    await lockArrangement(tx)
    const tree = await forumTree(tx)
    const forum = tree.byId.get(id)
    if (!forum) throw new NotFound()
    const changed = { ...values, kind: forum.kind }
    requirePlace(tree, changed, forum)
    const moved = forum.parentId !== values.parentId
    const position = moved ? (await siblings(tx, values.parentId)).length : forum.position
    await updateForum(tx, id, { ...rowOf(changed), position })
  })
}

function rowOf(values: ForumValues) {
  return {
    kind: values.kind,
    parent_id: values.parentId,
    name: values.name,
    slug: slugOf(values.name),
    description: values.description,
    guest_posting: values.guestPosting,
    ...values.more,
  }
}

/** Throws Invalid for a parent that cannot hold it. */
export function requirePlace(
  tree: ForumTree,
  values: Pick<ForumValues, 'kind' | 'parentId'>,
  forum: ForumNode | null,
): void {
  const parent = values.parentId === null ? null : tree.byId.get(values.parentId)
  if (parent === undefined) throw new Invalid({ parent: msg('forums.parent_missing') })
  if (parent && forum && subtree(forum).some(({ id }) => id === parent.id)) {
    throw new Invalid({ parent: msg('forums.parent_below') })
  }
  if (values.kind === 'category' && parent) throw new Invalid({ parent: msg('forums.category_at_root') })
  if (parent?.kind === 'link') throw new Invalid({ parent: msg('forums.parent_link') })
  if (values.kind !== 'category' && !parent) throw new Invalid({ parent: msg('forums.forum_in_category') })
}

/** Removes a forum that holds nothing any more; its subforums move to `newParentId` and keep the rules it had for them. */
export async function dropForum(tx: Tx, id: number, newParentId: number | null): Promise<void> {
  const forum = (await forumTree(tx)).byId.get(id)
  if (!forum) throw new NotFound()
  await handDown(tx, forum)
  const after = (await siblings(tx, newParentId)).length
  for (const [index, child] of forum.children.entries()) {
    const guest_posting = child.ownGuestPosting ?? forum.ownGuestPosting
    await updateForum(tx, child.id, { parent_id: newParentId, position: after + index, guest_posting })
  }
  await removeForum(tx, id)
}
