import { Invalid, msg } from '../../platform/errors.ts'
import { type Db, inTransaction, lockName } from '../../platform/store/index.ts'
import { forumTree } from '../forums/index.ts'
import {
  type Appointment,
  accountActs,
  actNames,
  allGroups,
  appointments,
  deleteAppointment,
  everywhere,
  insertAppointment,
  reservedActs,
} from '../groups/index.ts'
import { memberById, memberByLogin } from '../members/index.ts'

export interface AppointmentValues {
  readonly who: 'member' | 'group'
  readonly member: string
  readonly group: number | ''
  /** 0: all forums. */
  readonly forum: number
  /** Act names; `*` for all but those that have to be named. */
  readonly acts: readonly string[]
}

/** Appoints a member or a group; twice the same is once. Throws Invalid when there is no such member, group, forum or act. */
export async function appoint(db: Db, values: AppointmentValues): Promise<void> {
  await inTransaction(db, async tx => {
    const acts = actsOf(values)
    if (acts.length === 0) throw new Invalid({ acts: msg('admin.acts_missing') })
    if (values.forum !== everywhere && accountActs.some(act => acts.includes(act)))
      throw new Invalid({ forum: msg('admin.acts_everywhere') })
    if (values.forum !== everywhere && !(await forumTree(tx)).byId.has(values.forum)) {
      throw new Invalid({ forum: msg('admin.forum_missing') })
    }
    const who = values.who === 'member' ? await memberNamed(tx, values.member) : await groupOf(tx, values.group)
    const appointment = { ...who, forum_id: values.forum, acts: JSON.stringify(acts) }
    await lockName(tx, 'appointments')
    if (!(await hasAppointment(tx, appointment))) await insertAppointment(tx, appointment)
  })
}

function actsOf({ acts }: AppointmentValues): string[] {
  if (!acts.includes('*')) return actNames.filter(act => acts.includes(act))
  return ['*', ...reservedActs.filter(act => acts.includes(act))]
}

type NewAppointment = Omit<Appointment, 'id'>

async function hasAppointment(db: Db, wanted: NewAppointment): Promise<boolean> {
  const keys = ['member_id', 'group_id', 'forum_id', 'acts'] as const
  return (await appointments(db)).some(known => keys.every(key => known[key] === wanted[key]))
}

async function memberNamed(db: Db, login: string): Promise<{ member_id: number; group_id: null }> {
  const member = login ? await memberByLogin(db, login) : undefined
  if (!member) throw new Invalid({ member: msg('admin.member_missing') })
  return { member_id: member.id, group_id: null }
}

async function groupOf(db: Db, id: number | ''): Promise<{ member_id: null; group_id: number }> {
  const group = (await allGroups(db)).find(one => one.id === id && one.kind !== 'guests')
  if (!group) throw new Invalid({ group: msg('admin.group_missing') })
  return { member_id: null, group_id: group.id }
}

/** Ends an appointment; one that has ended already stays so. */
export async function dismiss(db: Db, id: number): Promise<void> {
  await inTransaction(db, tx => deleteAppointment(tx, id))
}

/** Every appointment with the names of who, where and which acts. */
export async function appointmentList(db: Db) {
  const [rows, groups, tree] = [await appointments(db), await allGroups(db), await forumTree(db)]
  return Promise.all(
    rows.map(async row => ({
      id: row.id,
      member: row.member_id === null ? null : ((await memberById(db, row.member_id)) ?? null),
      group: groups.find(group => group.id === row.group_id) ?? null,
      forum: tree.byId.get(row.forum_id) ?? null,
      acts: JSON.parse(row.acts) as string[],
    })),
  )
}
