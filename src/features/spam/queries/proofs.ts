import type { Db } from '../../../platform/store/index.ts'

/** Marks a solution as used; false when it was used before. */
export async function markSpent(db: Db, hash: string, expiresAt: number): Promise<boolean> {
  const row = await db
    .insertInto('spent_proofs')
    .values({ hash, expires_at: expiresAt })
    .onConflict(conflict => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst()
  return row !== undefined
}

/** Forgets what has run out and could not be used again anyway. */
export async function deleteSpent(db: Db, now: number): Promise<void> {
  await db.deleteFrom('spent_proofs').where('expires_at', '<=', now).execute()
}
