import type { Insertable, Selectable, Updateable } from 'kysely'
import {
  bumpRevisions,
  type Db,
  forUpdate,
  type Given,
  hotQuery,
  type MembersTable,
  type Tx,
  withoutSync,
} from '../../platform/store/index.ts'
import { emailKey, nameKey } from './name.ts'

export type Member = Selectable<MembersTable>

export async function memberById(db: Db, id: number): Promise<Member | undefined> {
  return oneById.first(db, { id })
}

const oneById = hotQuery((db, given: Given<{ id: number }>) =>
  db.selectFrom('members').selectAll().where('id', '=', given.id),
)

/** The same in a transaction, before whose end nobody changes them. */
export async function lockMember(tx: Tx, id: number): Promise<Member | undefined> {
  return tx.selectFrom('members').selectAll().where('id', '=', id).$call(forUpdate(tx)).executeTakeFirst()
}

/** By name (look-alikes count as the same) or by e-mail address. */
export async function memberByLogin(db: Db, login: string): Promise<Member | undefined> {
  const column = login.includes('@') ? 'email_key' : 'name_key'
  const key = column === 'email_key' ? emailKey(login) : nameKey(login)
  return db.selectFrom('members').selectAll().where(column, '=', key).executeTakeFirst()
}

/** Which of the two is taken already. */
export async function takenBy(db: Db, name: string, email: string): Promise<{ name: boolean; email: boolean }> {
  const rows = await db
    .selectFrom('members')
    .select(['name_key', 'email_key'])
    .where(eb => eb.or([eb('name_key', '=', nameKey(name)), eb('email_key', '=', emailKey(email))]))
    .execute()
  return {
    name: rows.some(row => row.name_key === nameKey(name)),
    email: rows.some(row => row.email_key === emailKey(email)),
  }
}

export type NewMember = Pick<Insertable<MembersTable>, 'name' | 'email' | 'password_hash' | 'group_id'> &
  Pick<Insertable<MembersTable>, 'email_verified_at' | 'email_demanded_at'>

/** The new member's id; undefined when the name or the address was taken in the meantime. */
export async function insertMember(tx: Tx, member: NewMember, now: number): Promise<number | undefined> {
  const row = await tx
    .insertInto('members')
    .values({
      ...member,
      name_key: nameKey(member.name),
      email_key: emailKey(member.email),
      joined_at: now,
      read_all_at: now,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Changes a member; what others see of them is current on every page at once. */
export async function updateMember(tx: Tx, id: number, values: Updateable<MembersTable>): Promise<void> {
  await tx.updateTable('members').set(values).where('id', '=', id).execute()
  if ('name' in values || 'group_id' in values) await bumpRevisions(tx, 'shell')
}

/** Is there anybody of the administrators' group? */
export async function hasAdministrator(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .select('members.id')
    .where('groups.kind', '=', 'administrators')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Is there an administrator besides this one who is not about to leave? */
export async function hasOtherAdministrator(db: Db, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .select('members.id')
    .where('groups.kind', '=', 'administrators')
    .where('members.id', '!=', id)
    .where('members.leaving_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Adds to the count of public posts. */
export async function addToPostCount(tx: Tx, id: number, posts: number): Promise<void> {
  await tx
    .updateTable('members')
    .set(eb => ({ post_count: eb('post_count', '+', posts) }))
    .where('id', '=', id)
    .execute()
}

/** Notes that a member was here; at most once a minute per member. A power cut makes them seen a moment earlier. */
export async function touchMember(db: Db, id: number, now: number): Promise<void> {
  await withoutSync(db, tx =>
    tx
      .updateTable('members')
      .set({ last_seen_at: now })
      .where('id', '=', id)
      .where(eb => eb.or([eb('last_seen_at', 'is', null), eb('last_seen_at', '<', now - 60_000)]))
      .execute(),
  )
}
