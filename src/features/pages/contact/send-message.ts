import { addressKey, limits } from '../../../platform/limits/index.ts'
import { type Db, inTransaction, lockName, type Tx } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { canSendMail, settings } from '../../settings/index.ts'
import { administrators, insertMessage, type NewMessage, sameMessage } from './queries.ts'

const minute = 60_000
const repeatMs = 10 * minute
const anHour = { points: 5, seconds: 60 * 60 }

export interface MessageValues {
  readonly name: string
  readonly email: string
  readonly subject: string
  readonly text: string
}

export interface Sender {
  /** null: a guest. */
  readonly memberId: number | null
  /** The network address as the proxies we trust report it. */
  readonly address: string
  /** It looks like the work of a machine: kept, but nobody is disturbed. */
  readonly isSuspect: boolean
}

/**
 * Keeps a message for the administrators, and mails it to them where mail can be sent. The same once more within minutes
 * makes no second one. Throws TooMany when this address has sent enough for an hour.
 */
export async function sendMessage(db: Db, values: MessageValues, sender: Sender): Promise<void> {
  const now = Date.now()
  const address = addressKey(sender.address)
  const message: NewMessage = {
    ...values,
    address,
    member_id: sender.memberId,
    created_at: now,
    suspect_at: sender.isSuspect ? now : null,
  }
  if ((await sameMessage(db, message, now - repeatMs)) !== undefined) return
  await limits(db).spend('contact', address, anHour)
  const mails = canSendMail(await settings(db)) && !sender.isSuspect
  await inTransaction(db, async tx => {
    await lockName(tx, `contact from ${address}`)
    if ((await sameMessage(tx, message, now - repeatMs)) !== undefined) return
    const id = await insertMessage(tx, message)
    if (mails) await mailAdministrators(tx, id)
  })
}

async function mailAdministrators(tx: Tx, message: number): Promise<void> {
  for (const { id } of await administrators(tx)) await sendMail(tx, 'pages.contact', { message, memberId: id })
}
