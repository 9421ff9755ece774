import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { limits } from '../../platform/limits/index.ts'
import type { Hasher } from '../../platform/passwords/index.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { lockMark } from '../groups/index.ts'
import type { Viewer } from '../members/index.ts'
import { passwordHashOf, updateForum } from './queries/arrangement.ts'

/** So often one person tries, and everybody together. */
const perPerson = { points: 10, seconds: 15 * 60 }
const inAll = { points: 300, seconds: 60 * 60 }

export interface Key {
  readonly forumId: number
  /** To be kept in the session: it opens the forum until its password changes. */
  readonly mark: string
}

/**
 * The key to the outermost forum whose password keeps this viewer from this one. Throws NotFound when no password does,
 * Invalid for a wrong one, TooMany after too many tries.
 */
export async function openForum(
  db: Db,
  hasher: Pick<Hasher, 'verifyPassword'>,
  viewer: Viewer,
  { forumId, password, who }: { readonly forumId: number; readonly password: string; readonly who: string },
): Promise<Key> {
  const locked = viewer.locked?.get(forumId)
  if (locked === undefined) throw new NotFound()
  await limits(db).spendEach([
    ['forum-password', `${locked} ${who}`, perPerson],
    ['forum-passwords', String(locked), inAll],
  ])
  const hash = await passwordHashOf(db, locked)
  if (!(await hasher.verifyPassword(password, hash ?? undefined)) || !hash)
    throw new Invalid({ password: msg('forums.password_wrong') })
  return { forumId: locked, mark: lockMark(hash) }
}

/** Gives the forum a password, as a hash, or takes it away; keys to an earlier one open nothing any more. */
export async function setForumPassword(db: Db, id: number, hash: string | null): Promise<void> {
  await inTransaction(db, tx => updateForum(tx, id, { password_hash: hash }))
}
