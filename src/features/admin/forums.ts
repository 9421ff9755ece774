import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { dropForum, type ForumNode, forumTree, subtree } from '../forums/index.ts'
import { moveAllTopics } from '../posts/index.ts'

/** Every category and forum in the order of the index, with how deep it stands. */
export async function forumList(db: Db): Promise<{ forum: ForumNode; depth: number }[]> {
  const { roots } = await forumTree(db)
  return roots.flatMap(subtree).map(forum => ({ forum, depth: forum.ancestors.length }))
}

/** The forums that can take the topics of this one; for a category the categories that can take its forums. */
export async function heirs(db: Db, forum: ForumNode): Promise<ForumNode[]> {
  const below = new Set(subtree(forum).map(({ id }) => id))
  return (await forumList(db)).map(row => row.forum).filter(one => one.kind === forum.kind && !below.has(one.id))
}

/**
 * Deletes a category or forum; what it holds moves to another one first. Throws Invalid when there is something to move
 * and nowhere to put it.
 */
export async function deleteForum(db: Db, id: number, moveTo: number | undefined): Promise<void> {
  await inTransaction(db, async tx => {
    const forum = (await forumTree(tx)).byId.get(id)
    if (!forum) throw new NotFound()
    const heir = (await heirs(tx, forum)).find(one => one.id === moveTo)
    if (!heir) throw new Invalid({ move_to: msg('admin.move_to_missing') })
    await moveAllTopics(tx, id, heir.id)
    await dropForum(tx, id, forum.kind === 'category' ? heir.id : forum.parentId)
  })
}
