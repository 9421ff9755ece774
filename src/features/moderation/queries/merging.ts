import { sql } from 'kysely'
import { type Db, forUpdate, type Tx } from '../../../platform/store/index.ts'
import type { PostCounts } from '../../members/index.ts'
import { type Move, placeOf } from '../merging/moves.ts'

/** How many rows would go. */
export async function countOf(db: Db, { table, column }: Move, memberId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where ${sql.ref(column)} = ${memberId}`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

/** Waits for everybody who changes a topic in which this member wrote, and makes its cached pages stale. */
export async function lockTopicsOf(tx: Tx, memberId: number): Promise<void> {
  const theirs = tx
    .selectFrom('topics')
    .select('topics.id')
    .where(eb =>
      eb.or([
        eb('topics.member_id', '=', memberId),
        eb('topics.id', 'in', eb.selectFrom('posts').select('posts.topic_id').where('posts.member_id', '=', memberId)),
      ]),
    )
  await theirs.orderBy('topics.id').$call(forUpdate(tx)).execute()
  await tx
    .updateTable('topics')
    .set(eb => ({ revision: eb('revision', '+', 1) }))
    .where('id', 'in', theirs)
    .execute()
}

/** Gives the rows to another member, and writes down which. */
export async function moveRows(tx: Tx, move: Move, from: number, to: number): Promise<void> {
  const { table, column, key = 'id', only, forgets } = move
  const taken = (value: string) =>
    sql`select ${sql.ref(value)} from ${sql.table(table)} where ${sql.ref(column)} = ${to} and ${sql.ref(value)} is not null`
  const staying = only ? sql`and ${sql.ref(only)} not in (${taken(only)})` : sql``
  const was = forgets
    ? sql`case when ${sql.ref(forgets)} in (${taken(forgets)}) then ${sql.ref(forgets)} end`
    : sql`cast(null as text)`
  const place = placeOf(move)
  await sql`
    insert into merged_rows (source_id, held_in, row_id, was)
    select cast(${from} as integer), cast(${place} as text), ${sql.ref(key)}, ${was} from ${sql.table(table)}
    where ${sql.ref(column)} = ${from} ${staying}`.execute(tx)
  if (forgets) {
    await sql`
      update ${sql.table(table)} set ${sql.ref(forgets)} = null
      where ${sql.ref(column)} = ${from} and ${sql.ref(forgets)} in (${taken(forgets)})`.execute(tx)
  }
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${to}
    where ${sql.ref(column)} = ${from} ${staying}`.execute(tx)
}

/** Gives them back, as far as they still are the other member's. */
export async function moveRowsBack(tx: Tx, move: Move, from: number, to: number): Promise<void> {
  const { table, column, key = 'id', forgets } = move
  const moved = sql`select row_id from merged_rows where source_id = ${from} and held_in = ${placeOf(move)}`
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${from}
    where ${sql.ref(column)} = ${to} and ${sql.ref(key)} in (${moved})`.execute(tx)
  if (!forgets) return
  const was = sql`select was from merged_rows
    where source_id = ${from} and held_in = ${placeOf(move)} and row_id = ${sql.ref(`${table}.${key}`)}`
  await sql`
    update ${sql.table(table)} set ${sql.ref(forgets)} = (${was})
    where ${sql.ref(column)} = ${from} and ${sql.ref(forgets)} is null and ${sql.ref(key)} in (${moved})`.execute(tx)
}

/** Topics are whoever's who wrote the post that opens them. */
export async function followOpenings(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .updateTable('topics')
    .set({ member_id: to })
    .where('member_id', '=', from)
    .where('first_post_id', 'in', eb => eb.selectFrom('posts').select('posts.id').where('posts.member_id', '=', to))
    .execute()
}

/** Public posts of this member in public topics: all, and those that others may read. */
export async function countPublicPosts(tx: Tx, memberId: number): Promise<PostCounts> {
  const row = await tx
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .innerJoin('forums', 'forums.id', 'topics.forum_id')
    .select(eb => [
      eb.fn.countAll<number>().as('post_count'),
      eb.fn.sum<number | null>('forums.members_read').as('posts_for_members'),
      eb.fn.sum<number | null>('forums.guests_read').as('posts_for_guests'),
    ])
    .where('posts.member_id', '=', memberId)
    .where('posts.position', 'is not', null)
    .where('topics.hidden_at', 'is', null)
    .where('topics.deleted_at', 'is', null)
    .where('topics.pending_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { ...row, posts_for_members: row.posts_for_members ?? 0, posts_for_guests: row.posts_for_guests ?? 0 }
}

export async function forgetMerged(tx: Tx, memberId: number): Promise<void> {
  await tx.deleteFrom('merged_rows').where('source_id', '=', memberId).execute()
}
