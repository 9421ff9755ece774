import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/**
 * Whether ordinary members and guests may read a forum, and of what members wrote how much stands in such forums: that is
 * what others are shown.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const table of ['forums', 'members'] as const)
    for (const column of added[table])
      await db.schema
        .alterTable(table)
        .addColumn(column, 'integer', to => to.notNull().defaultTo(0))
        .execute()
  for (const [id, reads] of await readersOfForums(db))
    await db.updateTable('forums').set(reads).where('id', '=', id).execute()
  await countPosts(db)
}

const added = {
  forums: ['members_read', 'guests_read'],
  members: ['posts_for_members', 'posts_for_guests'],
} as const

/** The nearest answer up the tree; nobody reads below what they may not read, nor below a password. */
async function readersOfForums(db: Kysely<Tables>) {
  const forums = await db.selectFrom('forums').select(['id', 'parent_id', 'password_hash']).execute()
  const byId = new Map(forums.map(forum => [forum.id, forum]))
  const groups = await db.selectFrom('groups').select(['id', 'kind']).execute()
  const rows = await db.selectFrom('permissions').selectAll().where('verb', '=', 'read').execute()
  const said = new Map(rows.map(row => [`${row.forum_id} ${row.group_id}`, row.allowed === 1]))
  const parentOf = (id: number) => byId.get(id)?.parent_id ?? 0
  const may = (id: number, group: number): boolean =>
    said.get(`${id} ${group}`) ?? (id === 0 ? false : may(parentOf(id), group))
  const reaches = (id: number, group: number): boolean =>
    id === 0 || (may(id, group) && byId.get(id)?.password_hash === null && reaches(parentOf(id), group))
  const reads = (id: number, kind: 'members' | 'guests') =>
    groups.some(group => group.kind === kind && reaches(id, group.id)) ? (1 as const) : (0 as const)
  return forums.map(({ id }) => [id, { members_read: reads(id, 'members'), guests_read: reads(id, 'guests') }] as const)
}

async function countPosts(db: Kysely<Tables>): Promise<void> {
  await db
    .updateTable('members')
    .from(from =>
      from
        .selectFrom('posts')
        .innerJoin('topics', 'topics.id', 'posts.topic_id')
        .innerJoin('forums', 'forums.id', 'topics.forum_id')
        .select(eb => [
          'posts.member_id as author_id',
          eb.fn.sum<number>('forums.members_read').as('for_members'),
          eb.fn.sum<number>('forums.guests_read').as('for_guests'),
        ])
        .where('posts.member_id', 'is not', null)
        .where('posts.position', 'is not', null)
        .where('topics.hidden_at', 'is', null)
        .where('topics.deleted_at', 'is', null)
        .where('topics.pending_at', 'is', null)
        .groupBy('posts.member_id')
        .as('written'),
    )
    .set(eb => ({ posts_for_members: eb.ref('written.for_members'), posts_for_guests: eb.ref('written.for_guests') }))
    .whereRef('members.id', '=', 'written.author_id')
    .execute()
}
