import type { Selectable } from 'kysely'
import { type Db, type EmailChangesTable, forUpdate, type Tx } from '../../../platform/store/index.ts'

export type EmailChange = Selectable<EmailChangesTable>

/** Notes that a member wants another address; the number of that wish. */
export async function insertChange(
  tx: Tx,
  change: Pick<EmailChange, 'member_id' | 'old_email' | 'new_email' | 'created_at'>,
): Promise<number> {
  const row = await tx.insertInto('email_changes').values(change).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function changeById(db: Db, id: number): Promise<EmailChange | undefined> {
  return db.selectFrom('email_changes').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The same in a transaction, before whose end nobody changes it. */
export async function lockChange(tx: Tx, id: number): Promise<EmailChange | undefined> {
  return tx.selectFrom('email_changes').selectAll().where('id', '=', id).$call(forUpdate(tx)).executeTakeFirst()
}

/** The address that was asked for last and is not confirmed yet. */
export async function wantedAddress(db: Db, memberId: number, since: number): Promise<string | null> {
  const row = await db
    .selectFrom('email_changes')
    .select(['new_email', 'confirmed_at'])
    .where('member_id', '=', memberId)
    .where('created_at', '>', since)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.confirmed_at === null ? row.new_email : null
}

export async function noteConfirmed(tx: Tx, id: number, at: number): Promise<void> {
  await tx.updateTable('email_changes').set({ confirmed_at: at }).where('id', '=', id).execute()
}

/** Takes this change back and those after it: a mail about one of them that is still to be sent says nothing any more. */
export async function noteReverted(tx: Tx, { member_id, id }: EmailChange, at: number): Promise<void> {
  await tx
    .updateTable('email_changes')
    .set({ reverted_at: at })
    .where('member_id', '=', member_id)
    .where('id', '>=', id)
    .where('reverted_at', 'is', null)
    .execute()
}

/** This change and those after it are not taken back any more: their links are worth nothing. */
export async function deleteBackLinksFrom(tx: Tx, { member_id, id }: EmailChange): Promise<void> {
  const later = await tx
    .selectFrom('email_changes')
    .select('id')
    .where('member_id', '=', member_id)
    .where('id', '>=', id)
    .execute()
  await tx
    .deleteFrom('one_time_secrets')
    .where('member_id', '=', member_id)
    .where('purpose', '=', 'email-back')
    .where(
      'about',
      'in',
      later.map(change => String(change.id)),
    )
    .execute()
}

export async function deleteChangesBefore(db: Db, time: number): Promise<void> {
  await db.deleteFrom('email_changes').where('created_at', '<', time).execute()
}
