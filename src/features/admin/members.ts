import { Conflict, Forbidden, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { allGroups } from '../groups/index.ts'
import { type Member, memberById, updateMember, type Viewer } from '../members/index.ts'
import { countByGroup } from './queries.ts'

/**
 * Puts a member into another group. Throws NotFound; Forbidden for someone of equal standing other than oneself;
 * Conflict when nobody would be left to administer the forum.
 */
export async function changeMemberGroup(db: Db, viewer: Viewer, memberId: number, groupId: number): Promise<Member> {
  return inTransaction(db, async tx => {
    const member = await memberById(tx, memberId)
    const groups = await allGroups(tx)
    const [from, to] = [member?.group_id, groupId].map(id => groups.find(group => group.id === id))
    if (!member || !from || !to || to.kind === 'guests') throw new NotFound()
    const self = viewer.member?.id === memberId
    if (!self && from.standing >= viewer.standing) throw new Forbidden(msg('admin.equal_standing'))
    const leaves = from.kind === 'administrators' && to.kind !== 'administrators'
    if (leaves && (await countByGroup(tx)).get(from.id) === 1) throw new Conflict(msg('admin.last_administrator'))
    await updateMember(tx, memberId, { group_id: groupId })
    return member
  })
}
