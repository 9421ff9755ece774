import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { readableChildren } from './find-forum.ts'
import { wayToStart } from './policy.ts'
import { forumTree } from './queries/forums.ts'
import type { ForumNode } from './tree.ts'

/** `/forum/12-news/new-topic`: the form for a new topic. */
export function startPath(forum: ForumNode): string {
  return `${forum.path}new-topic`
}

/** Where this viewer may start a topic, in the order of the index. */
export async function forumsToStartIn(db: Db, viewer: Viewer): Promise<ForumNode[]> {
  const below = (nodes: readonly ForumNode[]): ForumNode[] =>
    readableChildren(viewer, nodes).flatMap(node => [node, ...below(node.children)])
  return below((await forumTree(db)).roots).filter(forum => wayToStart(viewer, forum) !== null)
}
