import { enqueue } from '../../../platform/jobs/index.ts'
import { bumpRevisions, type Db, type Tx } from '../../../platform/store/index.ts'
import { allGroups, permissionTable } from './groups.ts'
import { forumLocks } from './locks.ts'

/** The job that counts anew what members wrote where others may read it. */
export const recountMembersJob = 'members.recount'

/** Whether ordinary members and guests may read a forum. Nobody may of whom a password is asked. */
export interface ForumReaders {
  readonly id: number
  readonly members_read: 0 | 1
  readonly guests_read: 0 | 1
}

/** What forums say of their readers, in the order of their numbers. */
export async function saidReaders(db: Db): Promise<ForumReaders[]> {
  return db.selectFrom('forums').select(['id', 'members_read', 'guests_read']).orderBy('id').execute()
}

/** What they should say: as the permissions and passwords of this moment. */
export async function readersOf(db: Db, ids: readonly number[]): Promise<ForumReaders[]> {
  const [groups, table, locks] = [await allGroups(db), await permissionTable(db), await forumLocks(db)]
  const reads = (id: number, kind: 'members' | 'guests'): 0 | 1 => {
    const group = groups.find(group => group.kind === kind)
    return !locks.has(id) && group && table.get(group.id)?.get(id)?.has('read') ? 1 : 0
  }
  return ids.map(id => ({ id, members_read: reads(id, 'members'), guests_read: reads(id, 'guests') }))
}

/** Writes down who reads a forum; says how many public posts are in it. */
export async function writeReaders(tx: Tx, { id, ...reads }: ForumReaders): Promise<number> {
  const row = await tx.updateTable('forums').set(reads).where('id', '=', id).returning('post_count').executeTakeFirst()
  return row?.post_count ?? 0
}

/**
 * To be called by whatever changes permissions, passwords or the places of forums, in its transaction: makes everything
 * stale that depends on them, and keeps written down who reads which forum. A job then counts members' posts anew.
 */
export async function permissionsChanged(tx: Tx): Promise<void> {
  await bumpRevisions(tx, 'shell', 'permissions')
  const said = await saidReaders(tx)
  const should = await readersOf(
    tx,
    said.map(({ id }) => id),
  )
  const changed = should.filter(
    (now, at) => now.members_read !== said[at]?.members_read || now.guests_read !== said[at]?.guests_read,
  )
  let posts = 0
  for (const forum of changed) posts += await writeReaders(tx, forum)
  if (posts > 0) await recountMembersSoon(tx)
}

/** Has members' posts counted anew, because others than before may read where they stand. */
export async function recountMembersSoon(tx: Tx): Promise<void> {
  await enqueue(tx, recountMembersJob, {}, { key: recountMembersJob })
}
