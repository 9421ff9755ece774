import { Conflict, Invalid, msg } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { liftMailStop, sendMail } from '../../mail/index.ts'
import { emailKey, lockMember, type Member } from '../../members/index.ts'
import { releaseHeld } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import { lockAddress, ownerOf, setAddress } from '../queries/addresses.ts'
import { deleteSecretsOf } from '../queries/secrets.ts'
import { spendProofMail } from '../verify/mail-again.ts'
import { proveAddress } from '../verify/take-proof.ts'
import { checkedAddress, correctAddress } from './correct-address.ts'
import { insertChange, noteConfirmed } from './queries.ts'
import { wayToChange } from './way-to-change.ts'

/** `mailed`: it becomes theirs once they use the link that was mailed there; `given`: it is theirs. */
export type Given = 'mailed' | 'given'

/**
 * An administrator gives a member an address: with a link mailed there that proves it, or as proven at once. An address
 * that was proven before is told, and can take the change back for some days. Throws Invalid, Conflict when the member's
 * address changed meanwhile, TooMany.
 */
export async function giveAddress(db: Db, member: Member, typed: string, proven: boolean): Promise<Given> {
  const email = await checkedAddress(db, typed)
  if (proven) {
    await inTransaction(db, tx => putProven(tx, member, email))
    await releaseHeld(db, member.id)
    return 'given'
  }
  const way = wayToChange(member, await settings(db))
  if (way === 'closed') throw new Invalid({ email: msg('accounts.email_no_proof') })
  if (way !== 'change') {
    await correctAddress(db, member, email)
    return 'mailed'
  }
  if (emailKey(email) === member.email_key) throw new Invalid({ email: msg('accounts.email_theirs') })
  await spendProofMail(db, member.id, email)
  await inTransaction(db, async tx => {
    await demandFree(tx, email, member.id)
    await liftMailStop(tx, email)
    await sendMail(tx, 'accounts.email_change', { changeId: await insertChange(tx, wishOf(member, email, Date.now())) })
  })
  return 'mailed'
}

async function putProven(tx: Tx, { id, email_key }: Member, email: string): Promise<void> {
  await lockAddress(tx, email)
  const member = await lockMember(tx, id)
  if (member?.email_key !== email_key) throw new Conflict(msg('accounts.email_settled'))
  await demandFree(tx, email, id)
  if (emailKey(email) === email_key) return proveAddress(tx, member)
  const now = Date.now()
  const changeId = await insertChange(tx, wishOf(member, email, now))
  await setAddress(tx, id, { email, provenAt: now })
  await noteConfirmed(tx, changeId, now)
  await deleteSecretsOf(tx, id, ['verify', 'reset', 'email-change'])
  await liftMailStop(tx, email)
  // An address that nobody proved may be a stranger's, who must not get the account.
  if (member.email_verified_at !== null) await sendMail(tx, 'accounts.email_changed', { changeId })
}

function wishOf(member: Member, email: string, now: number) {
  return { member_id: member.id, old_email: member.email, new_email: email, created_at: now }
}

async function demandFree(tx: Tx, email: string, memberId: number): Promise<void> {
  const owner = await ownerOf(tx, email)
  if (owner !== undefined && owner !== memberId) throw new Invalid({ email: msg('accounts.email_taken') })
}
