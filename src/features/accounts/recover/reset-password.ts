import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { isOpenAccount, lockMember, type Member, memberById } from '../../members/index.ts'
import { releaseHeld } from '../../posts/index.ts'
import { type Accounts, demandPassword } from '../new-member.ts'
import { findLink, refuseLink, takeLink } from '../one-time.ts'
import { removePlanted } from '../verify/remove-planted.ts'
import { proveAddress } from '../verify/take-proof.ts'
import { replacePassword } from './replace-password.ts'

/** A link that sets a new password, and for whom. */
export interface Reset {
  readonly secret: string
  readonly member: Member
  /** It came by mail and so shows whose the address is; else an administrator handed it over. */
  readonly mailed: boolean
}

/** Throws NotFound when the link is worth nothing (any more). */
export async function findReset(db: Db, secret: string): Promise<Reset> {
  const { member_id, about } = await findLink(db, 'reset', secret)
  const member = member_id === null ? undefined : await memberById(db, member_id)
  if (!member || !isFor(member, about)) refuseLink()
  return { secret, member, mailed: about !== null }
}

/** A mailed link is worth nothing when the account has another address by now. */
function isFor(member: Member, about: string | null): boolean {
  return isOpenAccount(member) && (about === null || about === member.email_key)
}

/**
 * Sets a new password and ends everything that the old one opened. A link that was mailed proves the address too; then
 * what somebody else may have written there while it had still to be proven is removed. Throws Invalid (`new_password`), NotFound when the
 * link was used meanwhile, Unavailable when passwords cannot be hashed now.
 */
export async function resetPassword({ db, hasher }: Accounts, reset: Reset, password: string): Promise<void> {
  const { secret, member } = reset
  await demandPassword(db, password, member, 'new_password')
  const hash = await hasher.hashPassword(password)
  await inTransaction(db, async tx => {
    const { about } = await takeLink(tx, 'reset', secret)
    const now = await lockMember(tx, member.id)
    if (!now || !isFor(now, about)) refuseLink()
    if (about !== null && now.email_verified_at === null) await takeOver(tx, now)
    await replacePassword(tx, now.id, hash)
    await sendMail(tx, 'accounts.password_changed', { memberId: now.id, at: Date.now() })
  })
  await releaseHeld(db, member.id)
}

async function takeOver(tx: Tx, member: Member): Promise<void> {
  if (member.email_demanded_at !== null) await removePlanted(tx, member.id)
  await proveAddress(tx, member)
}
