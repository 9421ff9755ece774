import { hashSecret } from '../../../platform/secret.ts'
import { byRevision, type Db } from '../../../platform/store/index.ts'

/** A password that keeps people from a forum and from all that is below it. */
export interface Lock {
  readonly forumId: number
  /** Changes with the password, and tells nothing of it. */
  readonly mark: string
}

/** What a session keeps of a password that was right. */
export function lockMark(passwordHash: string): string {
  return hashSecret(passwordHash).slice(0, 24)
}

/** The locks before each forum that has some, its own and those of what it is in, outermost first. */
export const forumLocks: (db: Db) => Promise<ReadonlyMap<number, readonly Lock[]>> = byRevision(
  'permissions',
  async db => {
    const rows = await db.selectFrom('forums').select(['id', 'parent_id', 'password_hash']).execute()
    if (rows.every(row => row.password_hash === null)) return new Map()
    const byId = new Map(rows.map(row => [row.id, row]))
    const locksOf = (id: number | null): Lock[] => {
      const row = id === null ? undefined : byId.get(id)
      if (!row) return []
      const own = row.password_hash === null ? [] : [{ forumId: row.id, mark: lockMark(row.password_hash) }]
      return [...locksOf(row.parent_id), ...own]
    }
    return new Map(rows.map(({ id }) => [id, locksOf(id)] as const).filter(([, locks]) => locks.length > 0))
  },
)
