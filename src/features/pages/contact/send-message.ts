import { addressKey, limits } from '../../../platform/limits/index.ts'
import { type Db, inTransaction, lockName, type Tx } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { canSendMail, settings } from '../../settings/index.ts'
import { judgeForm, noteStops, type SentForm } from '../../spam/index.ts'
import { administrators, insertMessage, sameMessage } from './queries.ts'

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
  /** Every field of the form as it came. */
  readonly fields: SentForm['fields']
}

/**
 * Keeps a message for the administrators, and mails it to them where mail can be sent. What a program may have sent is
 * kept as well, but nobody is disturbed for it. The same once more within minutes makes no second one. Throws Invalid;
 * TooMany when this address has sent enough for an hour.
 */
export async function sendMessage(db: Db, values: MessageValues, sender: Sender): Promise<void> {
  const now = Date.now()
  const address = addressKey(sender.address)
  const sent = { ...values, address, member_id: sender.memberId, created_at: now }
  if ((await sameMessage(db, sent, now - repeatMs)) !== undefined) return
  const { fields } = sender
  const suspicions = await judgeForm(db, { kind: 'contact', fields, address: sender.address, ...values })
  await limits(db).spend('contact', address, anHour)
  const isSuspect = suspicions.length > 0
  const mails = canSendMail(await settings(db)) && !isSuspect
  await inTransaction(db, async tx => {
    await lockName(tx, `contact from ${address}`)
    if ((await sameMessage(tx, sent, now - repeatMs)) !== undefined) return
    const id = await insertMessage(tx, { ...sent, suspect_at: isSuspect ? now : null })
    if (mails) await mailAdministrators(tx, id)
  })
  await noteStops(db, suspicions)
}

async function mailAdministrators(tx: Tx, message: number): Promise<void> {
  for (const { id } of await administrators(tx)) await sendMail(tx, 'pages.contact', { message, memberId: id })
}
