import type { Db } from '../../../platform/store/index.ts'
import type { Claim } from '../queries.ts'

/** The claims, neither taken nor expired, to which a link was mailed there. */
export async function countMailedTo(db: Db, emailKey: string, now: number): Promise<number> {
  const row = await db
    .selectFrom('claims')
    .select(eb => eb.fn.countAll<number>().as('claims'))
    .where('email_key', '=', emailKey)
    .where('mailed_at', 'is not', null)
    .where('taken_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return Number(row.claims)
}

/** From now on a link is mailed there; false when one was already, or somebody has taken the claim. */
export async function updateMail(
  db: Db,
  id: number,
  columns: Pick<Claim, 'email' | 'email_key' | 'mailed_at'>,
): Promise<boolean> {
  const row = await db
    .updateTable('claims')
    .set(columns)
    .where('id', '=', id)
    .where('mailed_at', 'is', null)
    .where('taken_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Remembers that the reminder is on its way. */
export async function noteReminder(db: Db, id: number, now: number): Promise<void> {
  await db.updateTable('claims').set({ reminded_at: now }).where('id', '=', id).execute()
}

/** One more secret that opens the claim: the one that is mailed to this address. */
export async function insertMailedSecret(
  db: Db,
  secret: { hash: string; claim_id: number; email_key: string; created_at: number },
): Promise<void> {
  await db.insertInto('claim_secrets').values(secret).execute()
}

/** What stops these mails to an address; it outlasts the claim, so the address stands in it sealed. */
export async function insertStopSecret(
  db: Db,
  { hash, sealed, now, until }: { hash: string; sealed: string; now: number; until: number },
): Promise<void> {
  await db
    .insertInto('one_time_secrets')
    .values({ hash, purpose: stopPurpose, member_id: null, about: sealed, created_at: now, expires_at: until })
    .execute()
}

/** The sealed key of the address whose mails this secret stops; pressing twice is no mistake. */
export async function sealedOfStopSecret(db: Db, hash: string, now: number): Promise<string | null> {
  const row = await db
    .selectFrom('one_time_secrets')
    .select('about')
    .where('hash', '=', hash)
    .where('purpose', '=', stopPurpose)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.about ?? null
}

const stopPurpose = 'claims.stop'
