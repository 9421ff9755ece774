import { Forbidden, Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { type Db, inTransaction, lockName, type Tx } from '../../../platform/store/index.ts'
import { allGroups } from '../../groups/index.ts'
import { sendMail } from '../../mail/index.ts'
import { hasOtherAdministrator, type Member, memberById, updateMember, type Viewer } from '../../members/index.ts'

export interface Regrouped {
  readonly member: Member
  /** They administer the forum no longer. */
  readonly resigned: boolean
}

/**
 * Puts a member into another group and tells them by mail. Throws NotFound; Forbidden for someone of equal standing other than oneself; Invalid
 * for a group that nobody can be in, and when nobody would be left to administer the forum.
 */
export async function changeMemberGroup(db: Db, viewer: Viewer, id: number, groupId: number): Promise<Regrouped> {
  return inTransaction(db, async tx => {
    await holdGroups(tx)
    return regroup(tx, viewer, id, groupId)
  })
}

/** Two who leave at once must not both find the other one still there. */
export async function holdGroups(tx: Tx): Promise<void> {
  await lockName(tx, 'administrators')
}

/** The same in a transaction that holds groups. Whatever refuses it does so before anything is written. */
export async function regroup(tx: Tx, viewer: Viewer, id: number, groupId: number): Promise<Regrouped> {
  const member = await memberById(tx, id)
  const groups = await allGroups(tx)
  const from = groups.find(group => group.id === member?.group_id)
  if (!member || member.deleted_at !== null || !from) throw new NotFound()
  if (viewer.member?.id !== id && from.standing >= viewer.standing) throw new Forbidden(msg('admin.equal_standing'))
  const to = groups.find(group => group.id === groupId)
  if (!to || to.kind === 'guests') throw new Invalid({ group: msg('admin.group_missing') })
  const resigned = from.kind === 'administrators' && to.kind !== 'administrators'
  const isLast = resigned && !(await hasOtherAdministrator(tx, id))
  if (isLast) throw new Invalid({ group: msg('admin.last_administrator') })
  await updateMember(tx, id, { group_id: groupId })
  if (viewer.member?.id !== id && from.id !== to.id) await sendMail(tx, 'admin.regrouped', { memberId: id })
  return { member, resigned }
}
