import type { Tx } from '../../platform/store/index.ts'
import { type Appointment, appointments, insertAppointment, permissionRows, writePermissions } from '../groups/index.ts'
import type { ForumNode } from './tree.ts'

type Rule = Awaited<ReturnType<typeof permissionRows>>[number]

/**
 * What a forum says about what groups may do and who moderates, its subforums say themselves from now on, where they say
 * nothing yet: then nobody sees or may more, or less, when it is not above them any more.
 */
export async function handDown(tx: Tx, { id, children }: ForumNode): Promise<void> {
  const rules = await permissionRows(tx)
  const own = rules.filter(rule => rule.forum_id === id)
  const known = await appointments(tx)
  for (const child of children) {
    const said = rules.filter(rule => rule.forum_id === child.id)
    const isSaid = (rule: Rule) => said.some(one => one.group_id === rule.group_id && one.verb === rule.verb)
    // Who could not read the forum could not read what was below it, whatever that says.
    const handed = own.filter(rule => !isSaid(rule) || (rule.verb === 'read' && rule.allowed === 0))
    await writePermissions(tx, child.id, handed)
    for (const appointment of known.filter(one => one.forum_id === id))
      await appointBelow(tx, child.id, appointment, known)
  }
}

async function appointBelow(tx: Tx, forum_id: number, appointment: Appointment, known: readonly Appointment[]) {
  const { member_id, group_id, acts } = appointment
  const isThere = known.some(one => one.forum_id === forum_id && isSame(one, appointment))
  if (!isThere) await insertAppointment(tx, { member_id, group_id, forum_id, acts })
}

function isSame(one: Appointment, other: Appointment): boolean {
  return one.member_id === other.member_id && one.group_id === other.group_id && one.acts === other.acts
}
