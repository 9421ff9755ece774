import { Invalid, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { allGroups, copyPermissions, type Group, insertGroup, removeGroup, updateGroup } from '../groups/index.ts'

export interface GroupValues {
  readonly name: string
  readonly standing: number
  readonly edit_minutes: number | null
  readonly upload_kinds?: Group['upload_kinds'] | undefined
  readonly upload_file_bytes?: number | undefined
  readonly upload_total_bytes?: number | undefined
  readonly upload_post_count?: number | undefined
}

/** The group. Throws NotFound. */
export async function findGroup(db: Db, id: number): Promise<Group> {
  const group = (await allGroups(db)).find(one => one.id === id)
  if (!group) throw new NotFound()
  return group
}

/** A new group that may do what members may. Throws Invalid when the name is taken. */
export async function createGroup(db: Db, values: GroupValues): Promise<number> {
  return inTransaction(db, async tx => {
    const row = { ...values, name_key: keyOf(values.name), kind: 'custom' as const, guest_posting: null }
    const id = await insertGroup(tx, row)
    if (id === undefined) throw nameTaken()
    const members = (await allGroups(tx)).find(group => group.kind === 'members') as Group
    await copyPermissions(tx, members.id, id)
    return id
  })
}

/** Changes a group. The standing of those that come with the forum stays. Throws NotFound; Invalid when the name is taken. */
export async function editGroup(
  db: Db,
  id: number,
  values: Partial<GroupValues> & Pick<Partial<Group>, 'guest_posting'>,
) {
  await inTransaction(db, async tx => {
    const group = await findGroup(tx, id)
    const key = values.name === undefined ? group.name_key : keyOf(values.name)
    if ((await allGroups(tx)).some(other => other.id !== id && other.name_key === key)) throw nameTaken()
    const standing = group.kind === 'custom' ? (values.standing ?? group.standing) : group.standing
    await updateGroup(tx, id, { ...values, name_key: key, standing })
  })
}

/** Deletes a group that somebody made; its members move to another one. Throws NotFound, or Invalid. */
export async function deleteGroup(db: Db, id: number, moveTo: number): Promise<void> {
  await inTransaction(db, async tx => {
    const group = await findGroup(tx, id)
    const heir = (await allGroups(tx)).find(one => one.id === moveTo && one.id !== id && canInherit(one))
    if (group.kind !== 'custom' || !heir) throw new Invalid({ move_to: msg('admin.group_heir') })
    await removeGroup(tx, id, heir.id)
  })
}

/** Nobody becomes an administrator, or nobody at all, because their group is deleted. */
export function canInherit({ kind }: Group): boolean {
  return kind === 'members' || kind === 'custom'
}

function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

function nameTaken(): Invalid {
  return new Invalid({ name: msg('admin.name_taken') })
}
