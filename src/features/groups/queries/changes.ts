import type { Insertable, Updateable } from 'kysely'
import {
  bumpRevisions,
  type GroupsTable,
  type ModeratorsTable,
  type PermissionsTable,
  type Tx,
} from '../../../platform/store/index.ts'
import { permissionsChanged } from './readers.ts'

/** Changes a group. */
export async function updateGroup(tx: Tx, id: number, values: Updateable<GroupsTable>): Promise<void> {
  await tx.updateTable('groups').set(values).where('id', '=', id).execute()
  await bumpRevisions(tx, 'shell', 'permissions')
}

/** The new group's id; undefined when its name is taken. */
export async function insertGroup(tx: Tx, group: Insertable<GroupsTable>): Promise<number | undefined> {
  const row = await tx
    .insertInto('groups')
    .values(group)
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  await bumpRevisions(tx, 'shell', 'permissions')
  return row?.id
}

/** Gives the new group what another one may do everywhere. */
export async function copyPermissions(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .insertInto('permissions')
    .columns(['forum_id', 'group_id', 'verb', 'allowed'])
    .expression(eb =>
      eb
        .selectFrom('permissions')
        .select(['forum_id', eb.val(to).as('group_id'), 'verb', 'allowed'])
        .where('group_id', '=', from),
    )
    .execute()
}

/** Removes a group; its members move to another one. */
export async function removeGroup(tx: Tx, id: number, newGroupId: number): Promise<void> {
  await tx.updateTable('members').set({ group_id: newGroupId }).where('group_id', '=', id).execute()
  await tx.deleteFrom('groups').where('id', '=', id).execute()
  await bumpRevisions(tx, 'shell', 'permissions')
}

/** One answer of the matrix; null: as the parent forum says (for everywhere: no). */
export interface Answer {
  readonly group_id: number
  readonly verb: string
  readonly allowed: 0 | 1 | null
}

/** Writes the answers for one forum (0: everywhere). */
export async function writePermissions(tx: Tx, forumId: number, answers: readonly Answer[]): Promise<void> {
  for (const { group_id, verb, allowed } of answers) {
    if (allowed === null) await deleteAnswer(tx, forumId, group_id, verb)
    else await putAnswer(tx, { forum_id: forumId, group_id, verb, allowed })
  }
  await permissionsChanged(tx)
}

async function deleteAnswer(tx: Tx, forumId: number, groupId: number, verb: string): Promise<void> {
  await tx
    .deleteFrom('permissions')
    .where('forum_id', '=', forumId)
    .where('group_id', '=', groupId)
    .where('verb', '=', verb)
    .execute()
}

async function putAnswer(tx: Tx, answer: PermissionsTable): Promise<void> {
  await tx
    .insertInto('permissions')
    .values(answer)
    .onConflict(conflict => conflict.columns(['forum_id', 'group_id', 'verb']).doUpdateSet({ allowed: answer.allowed }))
    .execute()
}

export async function insertAppointment(tx: Tx, appointment: Insertable<ModeratorsTable>): Promise<void> {
  await tx.insertInto('moderators').values(appointment).execute()
  await bumpRevisions(tx, 'shell', 'permissions')
}

export async function deleteAppointment(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('moderators').where('id', '=', id).execute()
  await bumpRevisions(tx, 'shell', 'permissions')
}
