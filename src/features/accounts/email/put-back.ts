import { Conflict, msg } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { liftMailStop, sendMail } from '../../mail/index.ts'
import { lockMember, updateMember } from '../../members/index.ts'
import { refuseLink, takeLink } from '../one-time.ts'
import { lockAddress, ownerOf, setAddress } from '../queries/addresses.ts'
import { deleteMemberProofs } from '../queries/proofs.ts'
import { deleteSecretsOf } from '../queries/secrets.ts'
import { type OpenedChange, openChange } from './confirm-change.ts'
import { deleteBackLinksFrom, lockChange, noteReverted } from './queries.ts'

/** The change that this link takes back. Throws NotFound when it is worth nothing (any more). */
export async function findBack(db: Db, secret: string): Promise<OpenedChange> {
  const opened = await openChange(db, 'email-back', secret)
  if (opened.change.reverted_at !== null) refuseLink()
  return opened
}

/**
 * Gives the account its old address again, whatever it has by now. Whoever changed it knew the password: that opens
 * nothing any more, all sessions end, and the old address is mailed a link for a new one. Throws NotFound when the link
 * was used meanwhile, Conflict when the address is somebody else's by now.
 */
export async function putBackAddress(db: Db, { secret, change }: OpenedChange): Promise<void> {
  await inTransaction(db, async tx => {
    await lockAddress(tx, change.old_email)
    await takeLink(tx, 'email-back', secret)
    await demandBack(tx, change.id, change.member_id, change.old_email)
    const now = Date.now()
    await setAddress(tx, change.member_id, { email: change.old_email, provenAt: now })
    await noteReverted(tx, change, now)
    await deleteBackLinksFrom(tx, change)
    await deleteSecretsOf(tx, change.member_id, ['verify', 'reset', 'email-change'])
    await liftMailStop(tx, change.old_email)
    await updateMember(tx, change.member_id, { password_hash: '' })
    await deleteMemberProofs(tx, change.member_id)
    await sendMail(tx, 'accounts.reset', { memberId: change.member_id })
  })
}

async function demandBack(tx: Tx, changeId: number, memberId: number, email: string): Promise<void> {
  const [member, change] = [await lockMember(tx, memberId), await lockChange(tx, changeId)]
  if (!member || change?.reverted_at !== null) refuseLink()
  const owner = await ownerOf(tx, email)
  if (owner !== undefined && owner !== memberId) throw new Conflict(msg('accounts.email_taken_meanwhile'))
}
