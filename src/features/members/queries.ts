import { type Insertable, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely'
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
  return oneLocked.first(tx, { id })
}

const oneLocked = hotQuery((db, given: Given<{ id: number }>) =>
  db.selectFrom('members').selectAll().where('id', '=', given.id).$call(forUpdate(db)),
)

/** By name (look-alikes count as the same, and so does a former name) or by e-mail address. */
export async function memberByLogin(db: Db, login: string): Promise<Member | undefined> {
  if (!login.includes('@')) return memberByName(db, login)
  return db.selectFrom('members').selectAll().where('email_key', '=', emailKey(login)).executeTakeFirst()
}

/** The same by name alone. */
export async function memberByName(db: Db, name: string): Promise<Member | undefined> {
  return oneByName.first(db, { key: nameKey(name) })
}

const oneByName = hotQuery((db, given: Given<{ key: string }>) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('id', 'in', calledSo(db, given.key))
    .orderBy(eb => eb.case().when('name_key', '=', given.key).then(0).else(1).end())
    .limit(1),
)

/** Who is or was called so. PostgreSQL would look through all members for one condition or the other. */
function calledSo(db: Db, key: string | RawBuilder<string>) {
  return db
    .selectFrom('members as so')
    .select('so.id')
    .where('so.name_key', '=', key)
    .unionAll(db.selectFrom('former_names').select('member_id as id').where('former_names.name_key', '=', key))
}

/** Which of the two is taken already. */
export async function takenBy(db: Db, name: string, email: string): Promise<{ name: boolean; email: boolean }> {
  const address = await db.selectFrom('members').select('id').where('email_key', '=', emailKey(email)).execute()
  return { name: await isNameTaken(db, name), email: address.length > 0 }
}

/** Is or was somebody called so, other than this member? */
export async function isNameTaken(db: Db, name: string, besides = 0): Promise<boolean> {
  const key = nameKey(name)
  const row = await db
    .selectFrom('members')
    .select('id')
    .where('id', 'in', calledSo(db, key))
    .where('id', '!=', besides)
    .executeTakeFirst()
  return row !== undefined
}

/** Calls a member by another name, and keeps the former one for them; its number. */
export async function renameMember(tx: Tx, { id, name, name_key }: Member, to: string, at: number): Promise<number> {
  const former = await tx
    .insertInto('former_names')
    .values({ member_id: id, name, name_key, changed_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  await updateMember(tx, id, { name: to, name_key: nameKey(to) })
  return former.id
}

/** How a member was called before, the latest first. */
export async function formerNames(db: Db, memberId: number): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom('former_names')
    .select(['id', 'name'])
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .execute()
}

/** Gives the member a former name back, which is no former one any more. */
export async function takeNameBack(
  tx: Tx,
  memberId: number,
  { id, name }: { id: number; name: string },
): Promise<void> {
  await tx.deleteFrom('former_names').where('id', '=', id).execute()
  await updateMember(tx, memberId, { name, name_key: nameKey(name) })
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

/** Is there an administrator besides this one who can sign in and is not about to leave? */
export async function hasOtherAdministrator(db: Db, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .select('members.id')
    .where('groups.kind', '=', 'administrators')
    .where('members.id', '!=', id)
    .where('members.leaving_at', 'is', null)
    .where('members.closed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Adds so many public posts in this forum to what a member's counts say. Whoever calls holds the forum's row. */
export async function addToPostCount(tx: Tx, id: number, posts: number, forumId: number): Promise<void> {
  await addPosts(tx, { id, posts, forumId })
}

const addPosts = hotQuery((db, given: Given<{ id: number; posts: number; forumId: number }>) => {
  const place = db.selectFrom('forums').where('forums.id', '=', given.forumId)
  return db
    .updateTable('members')
    .set(({ eb }) => ({
      post_count: eb('post_count', '+', given.posts),
      posts_for_members: sql<number>`posts_for_members + ${given.posts} * (${place.select('members_read')})`,
      posts_for_guests: sql<number>`posts_for_guests + ${given.posts} * (${place.select('guests_read')})`,
    }))
    .where('id', '=', given.id)
})

/** How much somebody wrote: in all, and where ordinary members and guests may read. */
export type PostCounts = Pick<Member, 'post_count' | 'posts_for_members' | 'posts_for_guests'>

/** Adds to each of a member's counts of public posts. */
export async function addToPostCounts(tx: Tx, id: number, counts: PostCounts, sign: 1 | -1): Promise<void> {
  await tx
    .updateTable('members')
    .set(eb => ({
      post_count: eb('post_count', '+', sign * counts.post_count),
      posts_for_members: eb('posts_for_members', '+', sign * counts.posts_for_members),
      posts_for_guests: eb('posts_for_guests', '+', sign * counts.posts_for_guests),
    }))
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
