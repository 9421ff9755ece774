import { allow, Forbidden, msg } from '../../../platform/errors.ts'
import { inTransaction } from '../../../platform/store/index.ts'
import type { Member, Viewer } from '../../members/index.ts'
import { logMemberAct } from '../../moderation/index.ts'
import { beginLeaving, demandPassword, type LeavingDeps, mayGo, type PostsThen } from '../leaving/begin-leaving.ts'
import { closeAccount } from '../leaving/close-account.ts'
import { memberInCare } from './may-act-on.ts'

export interface DeletingValues {
  /** The administrator's own. */
  readonly password: string
  readonly posts: PostsThen
  readonly when: 'now' | 'later'
}

/**
 * An administrator deletes a member's account, at once or so that signing in takes it back for some days. It is written in
 * the log, and the member is told. Throws NotFound, Forbidden, Invalid, TooMany after too many wrong passwords.
 */
export async function deleteMember(
  { db, confirmPassword }: LeavingDeps,
  viewer: Viewer,
  memberId: number,
  { password, posts, when }: DeletingValues,
): Promise<Member> {
  const member = await memberInCare(db, viewer, memberId)
  const by = viewer.member?.id ?? 0
  allow(by !== memberId, new Forbidden(msg('privacy.own_account')))
  await demandPassword(confirmPassword, by, password)
  await inTransaction(db, async tx => {
    if (when === 'later') await beginLeaving(tx, memberId, posts, 'staff')
    else await closeAccount(tx, await mayGo(tx, memberId), posts, 'staff')
    await logMemberAct(tx, { act: when === 'later' ? 'delete_account_later' : 'delete_account', memberId, by })
  })
  return member
}
