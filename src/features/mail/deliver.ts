import { MailFailure } from '../../platform/mail/index.ts'
import { type Db, inTransaction, withoutSync } from '../../platform/store/index.ts'
import { canSendMail, settings } from '../settings/index.ts'
import { messageOf, openDesk } from './desk.ts'
import type { Letter, Letters } from './letter.ts'
import { postOfficeOf } from './post-office.ts'
import { insertSent, type SentMail } from './queries.ts'
import { isMailStopped, stopMail } from './stops.ts'
import { ownTexts } from './texts/queries.ts'

/** What `sendMail` left to be done. */
export type MailOrder = { readonly kind: string } & Readonly<Record<string, number | string>>

/**
 * Writes what was ordered and sends it, unless there is nothing to say any more or the address gets no such mail. When
 * the server refuses the address for good, that stops its mail. Throws what may pass, for another try.
 */
export async function deliver(db: Db, letters: Letters, { kind, ...about }: MailOrder): Promise<void> {
  const write = Object.hasOwn(letters, kind) ? letters[kind] : undefined
  if (!write) throw new Error(`Nobody writes letters of the kind ${kind}`)
  const rules = await settings(db)
  const letter = await write(about as never, openDesk(db, rules, (await ownTexts(db)).get(kind)))
  // A deleted account has no address.
  if (!letter?.to || (await isMailStopped(db, letter.to, letter.scope))) return
  const memberId = typeof about.memberId === 'number' ? about.memberId : null
  // What is sent is sent, whether or not that can be written down: it must not be sent again for it.
  const note = (outcome: SentMail['outcome']) =>
    withoutSync(db, tx => insertSent(tx, { kind, memberId, outcome, at: Date.now() })).catch(() => {})
  try {
    await postOfficeOf(db, rules).send(messageOf(rules, letter))
  } catch (error) {
    await putAside(db, letter, error)
    return note('stopped')
  }
  await note(canSendMail(rules) ? 'sent' : 'kept')
}

/** What is kept of a failure names nobody. */
async function putAside(db: Db, { to }: Letter, error: unknown): Promise<void> {
  if (!(error instanceof MailFailure)) throw error
  if (!error.permanent) throw new MailFailure(withoutAddress(error.message, to), false)
  await inTransaction(db, tx => stopMail(tx, to, { scope: 'all', answer: error.message }))
}

function withoutAddress(text: string, address: string): string {
  const pattern = address.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replaceAll(new RegExp(pattern, 'gi'), '***')
}
