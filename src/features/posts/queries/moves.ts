import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../platform/store/index.ts'

/** Posts of one topic as people see them: at each place the public one, then the others as they were written. */
const asSeen = sql.raw('place, case when position is null then 1 else 0 end, created_at, id')

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

/** Writes down what a topic says of its posts: how many are public, who began it and when, and the last one. */
export async function refreshTopic(tx: Tx, topicId: number): Promise<void> {
  const [opening] = await publicPosts(tx, topicId, 'asc')
  const [last] = await publicPosts(tx, topicId, 'desc')
  await tx
    .updateTable('topics')
    .set(eb => ({
      revision: eb('revision', '+', 1),
      post_count: last?.position ?? 0,
      first_post_id: opening?.id ?? null,
      last_post_id: last?.id ?? null,
      ...(opening && {
        member_id: opening.member_id,
        guest_name: opening.guest_name,
        created_at: opening.created_at,
      }),
      ...(last && { last_post_at: last.created_at }),
    }))
    .where('id', '=', topicId)
    .execute()
}

async function publicPosts(tx: Tx, topicId: number, order: 'asc' | 'desc') {
  return tx
    .selectFrom('posts')
    .select(['id', 'member_id', 'guest_name', 'created_at', 'position'])
    .where('topic_id', '=', topicId)
    .where('position', 'is not', null)
    .orderBy('place', order)
    .limit(1)
    .execute()
}

/** The post that everybody sees first of this topic; of those moved together if a move is named. */
export async function firstSeen(tx: Tx, topicId: number, move?: string) {
  const query = tx
    .selectFrom('posts')
    .select(['posts.id', 'posts.position', 'posts.created_at'])
    .where('posts.topic_id', '=', topicId)
    .orderBy('posts.place')
    .orderBy(eb => eb.case().when('posts.position', 'is', null).then(1).else(0).end())
    .orderBy('posts.created_at')
    .orderBy('posts.id')
    .limit(1)
  if (move === undefined) return query.executeTakeFirst()
  return query
    .innerJoin('moved_posts', join => join.onRef('moved_posts.post_id', '=', 'posts.id').on('move', '=', move))
    .executeTakeFirst()
}

/** Those that stay when a move is taken back: which of them everybody sees first. */
export async function firstStaying(tx: Tx, topicId: number, move: string) {
  return tx
    .selectFrom('posts')
    .select(['posts.id', 'posts.position'])
    .where('posts.topic_id', '=', topicId)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('moved_posts')
            .select('moved_posts.post_id')
            .whereRef('moved_posts.post_id', '=', 'posts.id')
            .where('moved_posts.move', '=', move),
        ),
      ),
    )
    .orderBy('posts.place')
    .orderBy(eb => eb.case().when('posts.position', 'is', null).then(1).else(0).end())
    .orderBy('posts.created_at')
    .orderBy('posts.id')
    .limit(1)
    .executeTakeFirst()
}

/** The first public post of those that are moved together. */
export async function firstPublicMoved(tx: Tx, move: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('moved_posts')
    .innerJoin('posts', 'posts.id', 'moved_posts.post_id')
    .select('posts.id')
    .where('moved_posts.move', '=', move)
    .where('posts.position', 'is not', null)
    .orderBy('posts.place')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Topics that stand in this one: merged into it. */
export async function isMergedInto(db: Db, topicId: number): Promise<boolean> {
  const row = await db
    .selectFrom('topics')
    .select('id')
    .where('merged_into_id', '=', topicId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** A proposed edit of an opening post names a title; it says nothing any more once the post opens no topic of its own. */
export async function takeProposedTitle(tx: Tx, postId: number): Promise<string | null> {
  const edit = await tx.selectFrom('proposed_edits').select('title').where('post_id', '=', postId).executeTakeFirst()
  if (!edit?.title) return null
  await tx.updateTable('proposed_edits').set({ title: null }).where('post_id', '=', postId).execute()
  return edit.title
}

export async function giveProposedTitle(tx: Tx, postId: number, title: string): Promise<void> {
  await tx
    .updateTable('proposed_edits')
    .set({ title })
    .where('post_id', '=', postId)
    .where('title', 'is', null)
    .execute()
}

/** What guests wrote for a topic, and nobody has taken, is for another one from now on; which. */
export async function retargetOpenClaims(
  tx: Tx,
  from: { readonly topicId: number } | { readonly ids: readonly number[] },
  to: { readonly topicId: number; readonly forumId: number },
): Promise<number[]> {
  const rows = await tx
    .updateTable('claims')
    .set({ topic_id: to.topicId, forum_id: to.forumId })
    .where(eb => ('ids' in from ? eb('id', 'in', [...from.ids]) : eb('topic_id', '=', from.topicId)))
    .where('taken_at', 'is', null)
    .where('kind', '!=', 'post')
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}
