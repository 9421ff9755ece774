import { Conflict, msg } from '../../../platform/errors.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { liftMailStop, sendMail } from '../../mail/index.ts'
import { emailKey, lockMember, type Member, memberById } from '../../members/index.ts'
import { releaseHeld } from '../../posts/index.ts'
import { findLink, type LinkKind, refuseLink, takeLink } from '../one-time.ts'
import { lockAddress, ownerOf, setAddress } from '../queries/addresses.ts'
import { deleteSecretsOf } from '../queries/secrets.ts'
import { changeById, type EmailChange, lockChange, noteConfirmed } from './queries.ts'

/** A link about a change of address. */
export interface OpenedChange {
  readonly secret: string
  readonly member: Member
  readonly change: EmailChange
}

/** The change that this link confirms. Throws NotFound when it is worth nothing (any more). */
export async function findChange(db: Db, secret: string): Promise<OpenedChange> {
  const opened = await openChange(db, 'email-change', secret)
  if (!isOpen(opened)) refuseLink()
  return opened
}

/** What this link is about, whatever became of it. Throws NotFound when it is worth nothing (any more). */
export async function openChange(db: Db, kind: LinkKind, secret: string): Promise<OpenedChange> {
  const { member_id, about } = await findLink(db, kind, secret)
  const member = member_id === null ? undefined : await memberById(db, member_id)
  const change = await changeById(db, Number(about))
  if (!member || member.deleted_at !== null || change?.member_id !== member.id) refuseLink()
  return { secret, member, change }
}

function isOpen({ member, change }: Pick<OpenedChange, 'member' | 'change'>): boolean {
  return change.confirmed_at === null && member.email_key === emailKey(change.old_email)
}

/**
 * Makes the new address the account's, for whoever was found to own the account as well; its old one is told and can take
 * it back. Throws NotFound when the link was used meanwhile, Conflict when the address is somebody else's by now.
 */
export async function confirmChange(db: Db, opened: OpenedChange): Promise<void> {
  await inTransaction(db, tx => switchAddress(tx, opened))
  await releaseHeld(db, opened.member.id)
}

async function switchAddress(tx: Tx, { secret, change: { id, member_id, new_email } }: OpenedChange): Promise<void> {
  await lockAddress(tx, new_email)
  await takeLink(tx, 'email-change', secret)
  const [member, change] = [await lockMember(tx, member_id), await lockChange(tx, id)]
  if (!member || !change || !isOpen({ member, change })) refuseLink()
  if ((await ownerOf(tx, new_email)) !== undefined) throw new Conflict(msg('accounts.email_taken_meanwhile'))
  const now = Date.now()
  await setAddress(tx, member_id, { email: new_email, provenAt: now })
  await noteConfirmed(tx, id, now)
  await deleteSecretsOf(tx, member_id, ['verify', 'reset', 'email-change'])
  await liftMailStop(tx, new_email)
  // An address that nobody proved may be a stranger's, who must not get the account.
  if (member.email_verified_at !== null) await sendMail(tx, 'accounts.email_changed', { changeId: id })
}
