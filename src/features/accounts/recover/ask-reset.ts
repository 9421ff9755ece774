import { addressKey, limits } from '../../../platform/limits/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { memberByLogin } from '../../members/index.ts'
import type { Origin } from '../register.ts'
import { loginKey } from '../sign-in.ts'

const hour = 60 * 60
const fromAddress = { points: 15, seconds: hour }
const forAccount = { points: 3, seconds: hour }

/**
 * Mails a link that sets a new password to the account of this name or address. Does the same and takes as long when
 * there is none: whether somebody is a member is nobody's business. Throws TooMany, counted by what was typed.
 */
export async function askForReset(db: Db, login: string, from: Origin): Promise<void> {
  await limits(db).spendEach([
    ['recover_address', addressKey(from.address), fromAddress],
    ['recover_account', loginKey(login), forAccount],
  ])
  const member = await memberByLogin(db, login)
  await inTransaction(db, tx => sendMail(tx, 'accounts.reset', { memberId: member?.id ?? 0 }))
}
