import { Invalid, msg } from '../../../platform/errors.ts'
import { inTransaction } from '../../../platform/store/index.ts'
import { liftMailStop, sendMail } from '../../mail/index.ts'
import { emailKey, type Member } from '../../members/index.ts'
import { confirmPassword } from '../confirm-password.ts'
import type { Accounts } from '../new-member.ts'
import { ownerOf } from '../queries/addresses.ts'
import { spendProofMail } from '../verify/mail-again.ts'
import { checkedAddress } from './correct-address.ts'
import { insertChange } from './queries.ts'

export interface AddressValues {
  readonly email: string
  readonly password: string
}

/** Throws Invalid (`password`) unless it is this member's, TooMany after too many that were not. */
export async function demandOwnPassword(accounts: Accounts, memberId: number, password: string): Promise<void> {
  if (await confirmPassword(accounts)(memberId, password)) return
  throw new Invalid({ password: msg('accounts.password_wrong') })
}

/**
 * Mails a link to the new address, where it is confirmed; until then nothing changes. Says nothing about whose that
 * address is: when it is somebody's already, that one gets a mail about it. Throws Invalid, TooMany.
 */
export async function askForChange(accounts: Accounts, member: Member, values: AddressValues): Promise<void> {
  const { db } = accounts
  const email = await checkedAddress(db, values.email)
  if (emailKey(email) === member.email_key) throw new Invalid({ email: msg('accounts.email_same') })
  await demandOwnPassword(accounts, member.id, values.password)
  await spendProofMail(db, member.id, email)
  await inTransaction(db, async tx => {
    const wish = { member_id: member.id, old_email: member.email, new_email: email, created_at: Date.now() }
    // The address of somebody else is not the asker's to try.
    if ((await ownerOf(tx, email)) === undefined) await liftMailStop(tx, email)
    await sendMail(tx, 'accounts.email_change', { changeId: await insertChange(tx, wish) })
  })
}
