import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import type { GuestBrowser } from '../guest-text.ts'
import type { Claim } from '../queries.ts'
import { type MailColumns, mailColumns } from './mail-columns.ts'
import { updateMail } from './queries.ts'

const reminderAfterMs = 2 * 24 * 60 * 60 * 1000

/** Leaves the link and, in time before the claim expires, the reminder to be mailed, when that was granted. */
export async function mailLink(tx: Tx, claim: Claim, locale: string): Promise<void> {
  if (claim.mailed_at === null) return
  const about = { claimId: claim.id, locale }
  await sendMail(tx, 'claims.link', about)
  const runAt = claim.mailed_at + reminderAfterMs
  if (runAt < claim.expires_at) await sendMail(tx, 'claims.reminder', about, { runAt })
}

/** For a claim that was kept without an address, and whose text is now sent again with one. Throws Invalid. */
export async function mailLater<C extends Claim>(
  db: Db,
  claim: C,
  { email: typed, address, locale }: Pick<GuestBrowser, 'email' | 'address' | 'locale'>,
): Promise<C> {
  if (claim.mailed_at !== null || typed.trim() === '') return claim
  const columns: MailColumns = await mailColumns(db, typed, address)
  if (columns.email === null) return claim
  return inTransaction(db, async tx => {
    if (!(await updateMail(tx, claim.id, columns))) return claim
    const mailed = { ...claim, ...columns }
    await mailLink(tx, mailed, locale)
    return mailed
  })
}
