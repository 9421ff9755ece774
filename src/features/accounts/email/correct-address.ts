import { Conflict, Invalid, msg } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { liftMailStop, sendMail } from '../../mail/index.ts'
import { emailKey, lockMember, type Member } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { isEmailBlocked } from '../../spam/index.ts'
import { isEmail } from '../email.ts'
import { lockAddress, ownerOf, setAddress } from '../queries/addresses.ts'
import { deleteSecretsOf } from '../queries/secrets.ts'
import { demandsProof } from '../verify/demands-proof.ts'
import { spendProofMail } from '../verify/mail-again.ts'

/** The address as it is kept. Throws Invalid unless it is written like one, and for one that this forum blocks. */
export async function checkedAddress(db: Db, typed: string): Promise<string> {
  const email = typed.trim()
  if (!isEmail(email)) throw new Invalid({ email: msg('accounts.email_wrong') })
  if (await isEmailBlocked(db, email)) throw new Invalid({ email: msg('accounts.email_blocked') })
  return email
}

/**
 * Puts another address in the place of one that was never proven, and mails the link there that proves it. Links that
 * went to the old one are worth nothing any more. Throws Invalid, Conflict when the old one was proven meanwhile, TooMany.
 */
export async function correctAddress(db: Db, member: Member, typed: string): Promise<void> {
  const email = await checkedAddress(db, typed)
  const asked = demandsProof(await settings(db))
  if (asked) await spendProofMail(db, member.id, email)
  await inTransaction(db, async tx => {
    await lockAddress(tx, email)
    await demandUnproven(tx, member)
    await demandFree(tx, email, member.id)
    await setAddress(tx, member.id, { email, provenAt: null })
    if (emailKey(email) !== member.email_key) await deleteSecretsOf(tx, member.id, ['verify', 'reset'])
    await liftMailStop(tx, email)
    if (asked) await sendMail(tx, 'accounts.verify', { memberId: member.id })
  })
}

async function demandUnproven(tx: Tx, { id, email_key }: Member): Promise<void> {
  const now = await lockMember(tx, id)
  if (now?.email_verified_at !== null || now.email_key !== email_key) throw new Conflict(msg('accounts.email_settled'))
}

async function demandFree(tx: Tx, email: string, memberId: number): Promise<void> {
  const owner = await ownerOf(tx, email)
  if (owner !== undefined && owner !== memberId) throw new Invalid({ email: msg('accounts.email_taken') })
}
