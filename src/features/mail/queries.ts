import type { Selectable } from 'kysely'
import type { Db, MailStopsTable, Tx } from '../../platform/store/index.ts'

export type MailStop = Selectable<MailStopsTable>
export type StopScope = MailStop['scope']

export async function insertStop(tx: Tx, stop: MailStop): Promise<void> {
  await tx
    .insertInto('mail_stops')
    .values(stop)
    .onConflict(conflict => conflict.columns(['email_key', 'scope']).doNothing())
    .execute()
}

export async function deleteStop(tx: Tx, emailKey: string, scope: StopScope): Promise<void> {
  await tx.deleteFrom('mail_stops').where('email_key', '=', emailKey).where('scope', '=', scope).execute()
}

/** What is stopped for this address. */
export async function stopsOf(db: Db, emailKey: string): Promise<MailStop[]> {
  return db.selectFrom('mail_stops').selectAll().where('email_key', '=', emailKey).execute()
}
