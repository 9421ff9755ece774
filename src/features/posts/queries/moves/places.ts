import { sql } from 'kysely'
import type { Tx } from '../../../../platform/store/index.ts'

/** Posts of one topic as people see them: at each place the public one, then the others as they were written. */
export const asSeen = sql.raw('place, case when position is null then 1 else 0 end, created_at, id')

export interface Weaving {
  readonly move: string
  /** The topic that takes the moved posts in. */
  readonly into: number
  /** The post that comes first whenever it was written; null: the one that was written first. */
  readonly first: number | null
}

/**
 * Puts moved posts among those of a topic by the time of writing. Neither those that were there nor those that come
 * change their order among themselves, so taking them apart again restores it. One statement, however many they are.
 */
export async function weave(tx: Tx, { move, into, first }: Weaving): Promise<void> {
  await sql`
    with sides as (
      select id, created_at, place, position, 0 as side from posts where topic_id = ${into}
      union all
      select posts.id, posts.created_at, posts.place, posts.position, 1 as side
      from moved_posts inner join posts on posts.id = moved_posts.post_id where moved_posts.move = ${move}
    ), ranked as (
      select id, position, side,
        row_number() over (partition by side order by ${asSeen}) as nth,
        max(created_at) over (partition by side order by ${asSeen} rows unbounded preceding) as written
      from sides
    ), placed as (
      select id, sum(case when position is null then 0 else 1 end) over (
        order by case when id = ${first ?? 0} then 0 else 1 end, written, side, nth rows unbounded preceding
      ) as place from ranked
    )
    update posts set topic_id = ${into}, place = placed.place,
      position = case when posts.position is null then null else placed.place end
    from placed where posts.id = placed.id and (posts.topic_id <> ${into} or posts.place <> placed.place)`.execute(tx)
}

/**
 * Puts moved posts back where they stood: behind the post behind which each of them was, if that is in the topic still,
 * else behind the one that opens it.
 */
export async function putBackAmong(tx: Tx, move: string, topicId: number): Promise<void> {
  await sql`
    with staying as (
      select id, position, row_number() over (order by ${asSeen}) as nth from posts where topic_id = ${topicId}
    ), ranked as (
      select id, position, nth, 0 as moved from staying
      union all
      select posts.id, posts.position, coalesce(staying.nth, 1) as nth, moved_posts.nth as moved
      from moved_posts inner join posts on posts.id = moved_posts.post_id
      left join staying on staying.id = moved_posts.behind_id
      where moved_posts.move = ${move}
    ), placed as (
      select id, sum(case when position is null then 0 else 1 end) over (
        order by nth, moved rows unbounded preceding
      ) as place from ranked
    )
    update posts set topic_id = ${topicId}, place = placed.place,
      position = case when posts.position is null then null else placed.place end
    from placed where posts.id = placed.id and (posts.topic_id <> ${topicId} or posts.place <> placed.place)`.execute(
    tx,
  )
}

/** Counts the places of a topic anew after posts have left it. */
export async function closeRanks(tx: Tx, topicId: number): Promise<void> {
  await sql`
    with placed as (
      select id, sum(case when position is null then 0 else 1 end) over (
        order by ${asSeen} rows unbounded preceding
      ) as place from posts where topic_id = ${topicId}
    )
    update posts set place = placed.place,
      position = case when posts.position is null then null else placed.place end
    from placed where posts.id = placed.id and posts.place <> placed.place`.execute(tx)
}
