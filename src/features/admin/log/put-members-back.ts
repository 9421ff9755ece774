import { Conflict, msg } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { allGroups } from '../../groups/index.ts'
import { memberById, type Viewer } from '../../members/index.ts'
import { holdGroups, regroup } from '../members/change-group.ts'
import { logDeed, type MemberChange } from './entry.ts'

/**
 * Puts members back into the groups from which they were taken together. Throws what stands in the way of one of them, so
 * that all stay where they are: Conflict when they are in another group by now or the former one is gone, and what refuses
 * changing a group.
 */
export async function putMembersBack(tx: Tx, viewer: Viewer, changes: readonly MemberChange[], path: string) {
  await holdGroups(tx)
  const groups = new Set((await allGroups(tx)).map(({ id }) => id))
  for (const { member: id, from, to } of changes) {
    const member = await memberById(tx, id)
    const name = member?.name ?? `#${id}`
    if (member?.group_id !== to || member.deleted_at !== null)
      throw new Conflict(msg('admin.log_member_since', { name }))
    if (!groups.has(from)) throw new Conflict(msg('admin.log_group_gone', { name }))
    await regroup(tx, viewer, id, from)
  }
  const back = changes.map(({ member, from, to }) => ({ member, from: to, to: from }))
  await logDeed(tx, { by: viewer.member?.id ?? 0, path, message: msg('admin.log_members_back'), changes: back })
}
