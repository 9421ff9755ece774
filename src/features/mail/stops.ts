import type { Db, Tx } from '../../platform/store/index.ts'
import { emailKey } from '../members/index.ts'
import { deleteStop, insertStop, type MailStop, type StopScope, stopsOf } from './queries.ts'

/** Is nothing mailed to this address, at all or about what guests wrote? */
export async function isMailStopped(db: Db, email: string, scope: StopScope = 'all'): Promise<boolean> {
  const stops = await stopsOf(db, emailKey(email))
  return stops.some(stop => stop.scope === 'all' || stop.scope === scope)
}

/** From now on nothing is mailed there; `answer` is what the mail server said, when that is why. Again changes nothing. */
export async function stopMail(
  tx: Tx,
  email: string,
  { scope, answer = null }: { readonly scope: StopScope; readonly answer?: string | null },
): Promise<void> {
  await insertStop(tx, { email_key: emailKey(email), scope, answer, created_at: Date.now() })
}

/** Why nothing at all is mailed to this address; null when mail goes there. */
export async function mailStopOf(db: Db, email: string): Promise<MailStop | null> {
  const stops = await stopsOf(db, emailKey(email))
  return stops.find(stop => stop.scope === 'all') ?? null
}

/** Mail reaches this address again, or so its owner shows: it was corrected, or its owner asks for another try. */
export async function liftMailStop(tx: Tx, email: string, scope: StopScope = 'all'): Promise<void> {
  await deleteStop(tx, emailKey(email), scope)
}
