import type { Insertable } from 'kysely'
import type { Db, OneTimeSecretsTable, Tx } from '../../../platform/store/index.ts'

export async function keepSecret(db: Db, secret: Insertable<OneTimeSecretsTable>): Promise<void> {
  await db.insertInto('one_time_secrets').values(secret).execute()
}

export async function hasSecret(db: Db, purpose: string, hash: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('one_time_secrets')
    .select('hash')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row !== undefined
}

/** Uses it up; false when it was used up already, or has run out. */
export async function takeSecret(tx: Tx, purpose: string, hash: string, now: number): Promise<boolean> {
  const row = await tx
    .deleteFrom('one_time_secrets')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .returning('hash')
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteSecretsFor(tx: Tx, purpose: string): Promise<void> {
  await tx.deleteFrom('one_time_secrets').where('purpose', '=', purpose).execute()
}
