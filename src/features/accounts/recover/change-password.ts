import { Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { inTransaction } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { lockMember, memberById } from '../../members/index.ts'
import { confirmPassword } from '../confirm-password.ts'
import { type Accounts, demandPassword } from '../new-member.ts'
import { replacePassword } from './replace-password.ts'

export interface PasswordValues {
  readonly password: string
  readonly new_password: string
}

/**
 * Sets a new password for whoever knows the old one, and ends every session of theirs: the caller begins this browser's
 * anew. Throws Invalid, TooMany after too many wrong ones, Unavailable when passwords cannot be hashed now.
 */
export async function changePassword(accounts: Accounts, memberId: number, values: PasswordValues): Promise<void> {
  const { db, hasher } = accounts
  const member = await memberById(db, memberId)
  if (!member) throw new NotFound()
  if (!(await confirmPassword(accounts)(memberId, values.password))) refuse()
  await demandPassword(db, values.new_password, member, 'new_password')
  const hash = await hasher.hashPassword(values.new_password)
  await inTransaction(db, async tx => {
    // Whoever reset it meanwhile wants nobody in who knew it before.
    if ((await lockMember(tx, memberId))?.password_hash !== member.password_hash) refuse()
    await replacePassword(tx, memberId, hash)
    await sendMail(tx, 'accounts.password_changed', { memberId, at: Date.now() })
  })
}

function refuse(): never {
  throw new Invalid({ password: msg('accounts.password_wrong') })
}
