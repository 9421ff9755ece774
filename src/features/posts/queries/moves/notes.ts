import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../../platform/store/index.ts'
import { asSeen } from './places.ts'

/** Which posts leave their topic: all, these, or one and all that are seen behind it. */
export type Leaving = 'all' | { readonly ids: readonly number[] } | { readonly from: number }

/** Notes that posts go elsewhere together, and where each of them stood among those that stay. */
export async function noteMove(tx: Tx, move: string, topicId: number, leaving: Leaving): Promise<void> {
  await sql`
    insert into moved_posts (move, post_id, nth, behind_id)
    with listed as (
      select id, row_number() over (order by ${asSeen}) as nth from posts where topic_id = ${topicId}
    ), marked as (
      select id, nth, case when ${leaves(leaving)} then 1 else 0 end as leaves from listed
    ), walked as (
      select id, nth, leaves,
        max(case when leaves = 0 then nth end) over (order by nth rows unbounded preceding) as behind
      from marked
    )
    select cast(${move} as text), walked.id, walked.nth, staying.id
    from walked left join marked as staying on staying.nth = walked.behind where walked.leaves = 1`.execute(tx)
}

function leaves(leaving: Leaving): RawBuilder<boolean> {
  if (leaving === 'all') return sql<boolean>`1 = 1`
  if ('from' in leaving) return sql<boolean>`nth >= (select nth from listed where id = ${leaving.from})`
  return sql<boolean>`id in (${sql.join(leaving.ids)})`
}

/** Has a merge or split that still stands brought this post where it is? */
export async function wasMoved(tx: Tx, postId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('moved_posts')
    .select('move')
    .where('post_id', '=', postId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function forgetMove(tx: Tx, move: string): Promise<void> {
  await tx.deleteFrom('moved_posts').where('move', '=', move).execute()
}

/** How many posts were moved together, and how many of them are in this topic now. */
export async function countMoved(tx: Tx, move: string, topicId: number): Promise<{ moved: number; there: number }> {
  const row = await tx
    .selectFrom('moved_posts')
    .innerJoin('posts', 'posts.id', 'moved_posts.post_id')
    .select(eb => [
      eb.fn.countAll<number>().as('moved'),
      eb.fn.sum<number | null>(eb.case().when('posts.topic_id', '=', topicId).then(1).else(0).end()).as('there'),
    ])
    .where('moved_posts.move', '=', move)
    .executeTakeFirstOrThrow()
  return { moved: Number(row.moved), there: Number(row.there ?? 0) }
}

/** Has this topic posts that came by another move, and not by this one? */
export async function hasOthersMovedIn(tx: Tx, move: string, topicId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('posts')
    .innerJoin('moved_posts', 'moved_posts.post_id', 'posts.id')
    .select('posts.id')
    .where('posts.topic_id', '=', topicId)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('moved_posts as own')
            .select('own.post_id')
            .whereRef('own.post_id', '=', 'posts.id')
            .where('own.move', '=', move),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
