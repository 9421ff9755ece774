import type { Selectable } from 'kysely'
import {
  type Db,
  type Given,
  hotQuery,
  type JobsTable,
  type MailStopsTable,
  type SentMailsTable,
  type Tx,
} from '../../platform/store/index.ts'
import { mailJob } from './send-mail.ts'

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
  return stopsOfKey(db, { emailKey })
}

const stopsOfKey = hotQuery((db, given: Given<{ emailKey: string }>) =>
  db.selectFrom('mail_stops').selectAll().where('email_key', '=', given.emailKey),
)

export interface StoppedPage {
  readonly stops: MailStop[]
  readonly total: number
}

/** Addresses that get no mail, the last to be stopped first. */
export async function stoppedAddresses(
  db: Db,
  { limit, offset }: { limit: number; offset: number },
): Promise<StoppedPage> {
  const stops = await db
    .selectFrom('mail_stops')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('email_key')
    .orderBy('scope')
    .limit(limit)
    .offset(offset)
    .execute()
  const { total } = await db
    .selectFrom('mail_stops')
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { stops, total: Number(total) }
}

export type MailJobRow = Pick<Selectable<JobsTable>, 'id' | 'payload' | 'attempts' | 'error' | 'failed_at'>

/** Mails that were given up, the last first. */
export async function failedJobs(db: Db, limit: number): Promise<MailJobRow[]> {
  return db
    .selectFrom('jobs')
    .select(['id', 'payload', 'attempts', 'error', 'failed_at'])
    .where('name', '=', mailJob)
    .where('failed_at', 'is not', null)
    .orderBy('failed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** How many mails were given up, and how many are still to be sent. */
export async function countMails(db: Db): Promise<{ failed: number; waiting: number }> {
  const row = await db
    .selectFrom('jobs')
    .select(eb => [eb.fn.count<number>('failed_at').as('failed'), eb.fn.countAll<number>().as('all')])
    .where('name', '=', mailJob)
    .executeTakeFirstOrThrow()
  return { failed: Number(row.failed), waiting: Number(row.all) - Number(row.failed) }
}

/** Has mails that were given up sent as if for the first time: one, or all. Gives how many. */
export async function retryJobs(tx: Tx, id: number | 'all'): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('jobs')
    .set({ failed_at: null, claimed_until: null, attempts: 0, error: null, run_at: Date.now() })
    .where('name', '=', mailJob)
    .where('failed_at', 'is not', null)
    .$if(id !== 'all', query => query.where('id', '=', Number(id)))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Gives up a failed mail for good; false when it is gone already. */
export async function forgetJob(tx: Tx, id: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('jobs')
    .where('id', '=', id)
    .where('name', '=', mailJob)
    .where('failed_at', 'is not', null)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** A mail that went out, or was written to a file, or was refused for good. */
export interface SentMail {
  readonly kind: string
  readonly at: number
  readonly outcome: Selectable<SentMailsTable>['outcome']
}

export async function insertSent(tx: Tx, { memberId, ...mail }: SentMail & { readonly memberId: number | null }) {
  await tx
    .insertInto('sent_mails')
    .values(({ selectFrom }) => ({
      ...mail,
      member_id: memberId === null ? null : selectFrom('members').select('id').where('id', '=', memberId),
    }))
    .execute()
}

/** The last mails, and the name of whom they were for. */
export async function sentMails(db: Db, part: { readonly limit: number; readonly offset: number }) {
  const rows = await db
    .selectFrom('sent_mails')
    .leftJoin('members', 'members.id', 'sent_mails.member_id')
    .select(['sent_mails.id', 'kind', 'at', 'outcome', 'member_id', 'members.name'])
    .orderBy('sent_mails.id', 'desc')
    .limit(part.limit)
    .offset(part.offset)
    .execute()
  const { total } = await db
    .selectFrom('sent_mails')
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows, total: Number(total) }
}

/** Forgets which mails were sent before this moment. */
export async function deleteSentBefore(db: Db, before: number): Promise<void> {
  await db.deleteFrom('sent_mails').where('at', '<', before).execute()
}
