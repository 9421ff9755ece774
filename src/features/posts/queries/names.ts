import type { Db } from '../../../platform/store/index.ts'

type Names = Record<number, string>

/** The names of members, by their numbers; a deleted account has none. */
export async function namesOfMembers(db: Db, ids: readonly number[]): Promise<Names> {
  const known = possible(ids)
  if (known.length === 0) return {}
  const rows = await db
    .selectFrom('members')
    .select(['id', 'name'])
    .where('id', 'in', known)
    .where('deleted_at', 'is', null)
    .execute()
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}

/** Whose these posts are and when they were written, of those that are public in the forums given, or quoted already. */
export async function authorsOfPosts(
  db: Db,
  ids: readonly number[],
  { forums, quoted }: { forums: readonly number[]; quoted: readonly number[] },
): Promise<{ posts: Names; times: Record<number, number> }> {
  const known = possible(ids)
  if (known.length === 0) return { posts: {}, times: {} }
  const rows = await db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .leftJoin('members', 'members.id', 'posts.member_id')
    .select(['posts.id', 'posts.created_at', 'members.name', 'posts.guest_name'])
    .where('posts.id', 'in', known)
    .where('posts.erased_at', 'is', null)
    .where(eb =>
      eb.or([
        eb('posts.id', 'in', [...quoted]),
        eb.and([
          eb('posts.position', 'is not', null),
          eb('topics.forum_id', 'in', [...forums]),
          eb('topics.hidden_at', 'is', null),
          eb('topics.deleted_at', 'is', null),
          eb('topics.pending_at', 'is', null),
        ]),
      ]),
    )
    .execute()
  return {
    posts: Object.fromEntries(rows.map(({ id, name, guest_name }) => [id, name ?? guest_name ?? ''])),
    times: Object.fromEntries(rows.map(({ id, created_at }) => [id, created_at])),
  }
}

/** People type any number; neither database has ids beyond this. */
function possible(ids: readonly number[]): number[] {
  return ids.filter(id => id <= 2_147_483_647)
}
