import { NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../platform/store/index.ts'
import { lockArrangement, requirePlace } from './arrange-forums.ts'
import { siblings, updateForum, writeOrder } from './queries/arrangement.ts'
import { forumTree } from './queries/forums.ts'
import type { ForumNode, ForumTree } from './tree.ts'

export const directions = ['up', 'down', 'in', 'out'] as const
export type Direction = (typeof directions)[number]

/** A place among the children of a parent (null: among the categories): before one of them, or last. */
export interface Spot {
  readonly parentId: number | null
  readonly before: number | null
}

/**
 * Moves a category or forum one place up or down among its siblings, into the one above it, or out of the one it is in;
 * where that leads nowhere it stays. Throws NotFound.
 */
export async function shiftForum(db: Db, id: number, direction: Direction): Promise<void> {
  await arranging(db, async (tx, tree) => {
    const forum = tree.byId.get(id)
    if (!forum) throw new NotFound()
    const spot = spotAt(forum, childrenOf(tree, forum.parentId), direction)
    if (spot) await put(tx, tree, forum, spot)
  })
}

/** Puts a category or forum somewhere else. Throws NotFound, or Invalid for a parent that cannot hold it. */
export async function placeForum(db: Db, id: number, spot: Spot): Promise<void> {
  await arranging(db, async (tx, tree) => {
    const forum = tree.byId.get(id)
    if (!forum) throw new NotFound()
    await put(tx, tree, forum, spot)
  })
}

async function arranging(db: Db, work: (tx: Tx, tree: ForumTree) => Promise<void>): Promise<void> {
  await inTransaction(db, async tx => {
    await lockArrangement(tx)
    await work(tx, await forumTree(tx))
  })
}

function childrenOf({ roots, byId }: ForumTree, parentId: number | null): readonly ForumNode[] {
  return parentId === null ? roots : (byId.get(parentId)?.children ?? [])
}

function spotAt(forum: ForumNode, around: readonly ForumNode[], direction: Direction): Spot | null {
  const at = around.findIndex(({ id }) => id === forum.id)
  const { parentId } = forum
  const [above, below] = [around[at - 1], around[at + 1]]
  if (direction === 'up') return above ? { parentId, before: above.id } : null
  if (direction === 'down') return below ? { parentId, before: around[at + 2]?.id ?? null } : null
  if (forum.kind === 'category') return null
  const parent = forum.ancestors.at(-1)
  if (direction === 'out') return parent && parent.parentId !== null ? behind(parent) : null
  const host = around.slice(0, at).findLast(one => one.kind !== 'link')
  return host ? { parentId: host.id, before: null } : null
}

function behind(parent: ForumNode): Spot {
  const around = parent.ancestors.at(-1)?.children ?? []
  const next = around[around.findIndex(({ id }) => id === parent.id) + 1]
  return { parentId: parent.parentId, before: next?.id ?? null }
}

async function put(tx: Tx, tree: ForumTree, forum: ForumNode, { parentId, before }: Spot): Promise<void> {
  requirePlace(tree, { kind: forum.kind, parentId }, forum)
  const ids = (await siblings(tx, parentId)).map(({ id }) => id).filter(id => id !== forum.id)
  const at = before === null ? -1 : ids.indexOf(before)
  ids.splice(at < 0 ? ids.length : at, 0, forum.id)
  if (forum.parentId !== parentId) await updateForum(tx, forum.id, { parent_id: parentId })
  await writeOrder(tx, ids)
}
