import type { Insertable, Selectable } from 'kysely'
import type { Db, OneTimeSecretsTable, Tx } from '../../../platform/store/index.ts'

export type OneTimeSecret = Selectable<OneTimeSecretsTable>

export async function keepSecret(db: Db, secret: Insertable<OneTimeSecretsTable>): Promise<void> {
  await db.insertInto('one_time_secrets').values(secret).execute()
}

export async function hasSecret(db: Db, purpose: string, hash: string, now: number): Promise<boolean> {
  return (await findSecret(db, purpose, hash, now)) !== undefined
}

/** The secret, unless it was used up or has run out. */
export async function findSecret(
  db: Db,
  purpose: string,
  hash: string,
  now: number,
): Promise<OneTimeSecret | undefined> {
  return db
    .selectFrom('one_time_secrets')
    .selectAll()
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Uses it up; undefined when it was used up already, or has run out. */
export async function takeSecret(
  tx: Tx,
  purpose: string,
  hash: string,
  now: number,
): Promise<OneTimeSecret | undefined> {
  return tx
    .deleteFrom('one_time_secrets')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** Makes a member's links of these purposes worthless. */
export async function deleteSecretsOf(tx: Tx, memberId: number, purposes: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('one_time_secrets')
    .where('member_id', '=', memberId)
    .where('purpose', 'in', [...purposes])
    .execute()
}

export async function deleteSecretsFor(tx: Tx, purpose: string): Promise<void> {
  await tx.deleteFrom('one_time_secrets').where('purpose', '=', purpose).execute()
}
