import { limits } from '../../../platform/limits/index.ts'
import { hashSecret } from '../../../platform/secret.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { liftMailStop, sendMail } from '../../mail/index.ts'
import { emailKey } from '../../members/index.ts'

const perDay = { points: 5, seconds: 24 * 60 * 60 }

/**
 * Counts a mail to an address that is not yet proven to be the member's: so many a day for each member and for each
 * address. Throws TooMany.
 */
export async function spendProofMail(db: Db, memberId: number, email: string): Promise<void> {
  await limits(db).spendEach([
    ['proof_mail_member', String(memberId), perDay],
    ['proof_mail_address', hashSecret(emailKey(email)).slice(0, 32), perDay],
  ])
}

/** Mails to this address again, from which mail came back: its owner says that it works. Throws TooMany. */
export async function tryAddressAgain(db: Db, member: { readonly id: number; readonly email: string }): Promise<void> {
  await spendProofMail(db, member.id, member.email)
  await inTransaction(db, tx => liftMailStop(tx, member.email))
}

/** Mails another link that proves the address, also where mail came back before; older ones stay good. Throws TooMany. */
export async function mailAgain(db: Db, member: { readonly id: number; readonly email: string }): Promise<void> {
  await spendProofMail(db, member.id, member.email)
  await inTransaction(db, async tx => {
    await liftMailStop(tx, member.email)
    await sendMail(tx, 'accounts.verify', { memberId: member.id })
  })
}
