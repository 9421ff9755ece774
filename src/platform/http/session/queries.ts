import type { Db } from '../../store/index.ts'

export type SessionRow = { data: string; touched_at: number }

export async function findSession(db: Db, id: string, now: number): Promise<SessionRow | undefined> {
  return db
    .selectFrom('sessions')
    .select(['data', 'touched_at'])
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

type Kept = { member_id: number | null; data: string; touched_at: number; expires_at: number }

export async function insertSession(db: Db, id: string, kept: Kept): Promise<void> {
  await db
    .insertInto('sessions')
    .values({ id, created_at: kept.touched_at, ...kept })
    .execute()
}

/** Does nothing when it is gone: whoever signed out elsewhere meanwhile stays signed out. */
export async function updateSession(db: Db, id: string, kept: Partial<Kept>): Promise<void> {
  await db.updateTable('sessions').set(kept).where('id', '=', id).execute()
}

export async function deleteSession(db: Db, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', id).execute()
}

/** Removes sessions that ran out; says how many. */
export async function purgeSessions(db: Db, now = Date.now()): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('sessions').where('expires_at', '<=', now).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
