import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { lockForum } from './queries/arrangement.ts'
import { deletePrefix, insertPrefix, prefixesIn, updatePrefix, writePrefixOrder } from './queries/prefixes.ts'
import type { ForumNode, Prefix, PrefixColour } from './tree.ts'

export interface PrefixValues {
  readonly name: string
  readonly colour: PrefixColour
}

const mostPrefixes = 50

/** Another prefix for the topics of this forum; the same again is the one that is there. Throws NotFound, or Invalid. */
export async function addPrefix(db: Db, forumId: number, values: PrefixValues): Promise<void> {
  await inTransaction(db, async tx => {
    if (!(await lockForum(tx, forumId))) throw new NotFound()
    const known = await prefixesIn(tx, forumId)
    if (known.some(({ name }) => name === values.name)) return
    if (known.length >= mostPrefixes) throw new Invalid({ name: msg('forums.prefixes_many', { most: mostPrefixes }) })
    await insertPrefix(tx, { ...values, forum_id: forumId, position: (known.at(-1)?.position ?? -1) + 1 })
  })
}

/** Gives a prefix another name or look. Throws NotFound. */
export async function changePrefix(db: Db, forumId: number, id: number, values: PrefixValues): Promise<void> {
  await inTransaction(db, async tx => {
    if (!(await updatePrefix(tx, forumId, id, values))) throw new NotFound()
  })
}

/** Moves a prefix one place up in the list. Throws NotFound. */
export async function raisePrefix(db: Db, forumId: number, id: number): Promise<void> {
  await inTransaction(db, async tx => {
    await lockForum(tx, forumId)
    const ids = (await prefixesIn(tx, forumId)).map(prefix => prefix.id)
    const at = ids.indexOf(id)
    if (at < 0) throw new NotFound()
    if (at > 0) ids.splice(at - 1, 2, id, ids[at - 1] ?? id)
    await writePrefixOrder(tx, ids)
  })
}

/** Topics that have it are shown without one; again changes nothing. */
export async function removePrefix(db: Db, forumId: number, id: number): Promise<void> {
  await inTransaction(db, async tx => deletePrefix(tx, forumId, id))
}

/**
 * What stands before this topic's title: nothing that another forum has, which perhaps not everybody may read and from which
 * the topic was moved.
 */
export function prefixOf(
  forum: ForumNode | undefined,
  { prefix_id }: { readonly prefix_id: number | null },
): Prefix | null {
  return forum?.prefixes.find(({ id }) => id === prefix_id) ?? null
}

/** What is wrong with this choice for a topic in this forum; null: nothing. */
export function prefixFault(forum: ForumNode, id: number | null) {
  if (id !== null) return forum.prefixes.some(prefix => prefix.id === id) ? null : msg('forums.prefix_gone')
  return forum.prefixRequired && forum.prefixes.length > 0 ? msg('forums.prefix_missing') : null
}
