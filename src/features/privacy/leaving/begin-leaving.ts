import { Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { type Db, inTransaction, lockName, type Tx } from '../../../platform/store/index.ts'
import { allGroups } from '../../groups/index.ts'
import { sendMail } from '../../mail/index.ts'
import { hasOtherAdministrator, type Member, updateMember } from '../../members/index.ts'
import { endSignIns, lockMember } from '../queries/leaving.ts'

/** What becomes of the posts of somebody who leaves: they stay without a name, or go too. */
export type PostsThen = 'keep' | 'remove'

/** Is it this member's password? */
export type ConfirmPassword = (memberId: number, password: string) => Promise<boolean>

/** What leaving needs from the forum around it. */
export interface LeavingDeps {
  readonly db: Db
  readonly confirmPassword: ConfirmPassword
}

export interface LeavingValues {
  readonly password: string
  readonly posts: PostsThen
}

/**
 * A member asks for their account to be deleted. Until the days that the forum waits are over, signing in takes it back.
 * Throws Invalid when the password is wrong, and for the last administrator; TooMany after too many failures.
 */
export async function askToLeave({ db, confirmPassword }: LeavingDeps, memberId: number, values: LeavingValues) {
  await demandPassword(confirmPassword, memberId, values.password)
  await inTransaction(db, tx => beginLeaving(tx, memberId, values.posts, 'member'))
}

/** Throws Invalid when it is another one. */
export async function demandPassword(confirm: ConfirmPassword, memberId: number, password: string): Promise<void> {
  if (!(await confirm(memberId, password))) throw new Invalid({ password: msg('privacy.password_wrong') })
}

/** Signs the member out everywhere and tells them until when they can come back. Throws NotFound, Invalid. */
export async function beginLeaving(
  tx: Tx,
  memberId: number,
  posts: PostsThen,
  by: 'member' | 'staff',
): Promise<Member> {
  const member = await mayGo(tx, memberId)
  await updateMember(tx, memberId, { leaving_at: member.leaving_at ?? Date.now(), leaving_posts: posts })
  await endSignIns(tx, memberId)
  await sendMail(tx, 'privacy.leaving', { memberId, by })
  return member
}

/** The member, locked. Throws NotFound when there is none any more, Invalid when nobody would administer the forum. */
export async function mayGo(tx: Tx, memberId: number): Promise<Member> {
  // Two administrators who leave at once must not both find the other one still there.
  await lockName(tx, 'administrators')
  const member = await lockMember(tx, memberId)
  if (!member) throw new NotFound()
  const group = (await allGroups(tx)).find(({ id }) => id === member.group_id)
  if (group?.kind === 'administrators' && !(await hasOtherAdministrator(tx, memberId))) {
    throw new Invalid({ '': msg('privacy.last_administrator') })
  }
  return member
}
