import type { Db } from '../../platform/store/index.ts'
import { type ForumVerbs, forumLocks, type Reach } from '../groups/index.ts'

/** The marks of passwords that were right in this session, by the numbers of the forums. */
export type OpenedForums = Readonly<Record<string, string>>

interface Unlocked {
  readonly forums: ForumVerbs
  /** What could be read after a password, with the outermost forum that asks for one. */
  readonly locked?: ReadonlyMap<number, number>
}

/**
 * Of what somebody may do where, only what no password keeps them from. Whoever moderates a forum needs none there.
 */
export async function withoutLocked(
  db: Db,
  forums: ForumVerbs,
  moderates: Reach,
  opened: OpenedForums = {},
): Promise<Unlocked> {
  const locks = await forumLocks(db)
  if (locks.size === 0) return { forums }
  const open = new Map(forums)
  const locked = new Map<number, number>()
  for (const [id, own] of locks) {
    const closed = own.find(({ forumId, mark }) => opened[forumId] !== mark)
    if (!closed || moderates.has(id)) continue
    if (forums.get(id)?.has('read')) locked.set(id, closed.forumId)
    open.set(id, new Set())
  }
  return { forums: open, locked }
}
