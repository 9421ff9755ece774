import { NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { mayIn, type Viewer } from '../members/index.ts'
import { forumTree } from './queries/forums.ts'
import type { ForumNode } from './tree.ts'

/** The forum, if this viewer may read it. Throws NotFound. */
export async function findForum(db: Db, viewer: Viewer, id: number): Promise<ForumNode> {
  const forum = (await forumTree(db)).byId.get(id)
  if (!forum || !mayIn(viewer, id, 'read')) throw new NotFound()
  return forum
}

/** Children that this viewer may read. A category shows itself only with something in it. */
export function readableChildren(viewer: Viewer, nodes: readonly ForumNode[]): ForumNode[] {
  return nodes.filter(node => mayIn(viewer, node.id, 'read') && (node.kind !== 'category' || hasForum(viewer, node)))
}

function hasForum(viewer: Viewer, category: ForumNode): boolean {
  return readableChildren(viewer, category.children).length > 0
}
