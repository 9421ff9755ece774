import { type Selectable, sql } from 'kysely'
import { type Db, type FollowsTable, type Given, hotQuery, type Tx } from '../../platform/store/index.ts'

export type Follow = Selectable<FollowsTable>

export async function followOf(db: Db, memberId: number, topicId: number): Promise<Follow | undefined> {
  return oneFollow.first(db, { memberId, topicId })
}

const oneFollow = hotQuery((db, given: Given<{ memberId: number; topicId: number }>) =>
  db.selectFrom('follows').selectAll().where('member_id', '=', given.memberId).where('topic_id', '=', given.topicId),
)

export async function insertFollow(db: Db, memberId: number, topicId: number, now: number): Promise<void> {
  await db
    .insertInto('follows')
    .values({ member_id: memberId, topic_id: topicId, created_at: now, mailed_at: null })
    .onConflict(conflict => conflict.columns(['member_id', 'topic_id']).doNothing())
    .execute()
}

export async function deleteFollow(db: Db, memberId: number, topicId: number): Promise<void> {
  await db
    .deleteFrom('follows')
    .where('member_id', '=', memberId)
    .where(eb =>
      eb.or([
        eb('topic_id', '=', topicId),
        // Mails from before a merge name the topic that was merged away.
        eb(
          'topic_id',
          'in',
          eb.selectFrom('topics').select('merged_into_id').where('id', '=', topicId).$asScalar().$notNull(),
        ),
        eb('topic_id', 'in', eb.selectFrom('topics').select('id').where('merged_into_id', '=', topicId)),
      ]),
    )
    .execute()
}

/** Whoever follows a topic follows another one too, as if they had begun with that then. */
export async function copyFollows(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .insertInto('follows')
    .columns(['member_id', 'topic_id', 'created_at', 'mailed_at'])
    .expression(eb =>
      eb
        .selectFrom('follows')
        .select(['member_id', sql<number>`cast(${to} as integer)`.as('topic_id'), 'created_at', 'mailed_at'])
        .where('topic_id', '=', from),
    )
    .onConflict(conflict => conflict.columns(['member_id', 'topic_id']).doNothing())
    .execute()
}

/** Takes that back for those who have not begun to follow the other one by themselves. */
export async function uncopyFollows(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .deleteFrom('follows')
    .where('topic_id', '=', to)
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('follows as source')
          .select('source.member_id')
          .where('source.topic_id', '=', from)
          .whereRef('source.member_id', '=', 'follows.member_id')
          .whereRef('source.created_at', '=', 'follows.created_at'),
      ),
    )
    .execute()
}

/** Another member follows the topic, too, as if they had begun when this one did; since when. null: nothing is new. */
export async function followToo(tx: Tx, topicId: number, from: number, to: number): Promise<number | null> {
  const follow = await followOf(tx, from, topicId)
  if (!follow || (await followOf(tx, to, topicId))) return null
  await tx
    .insertInto('follows')
    .values({ ...follow, member_id: to, mailed_at: null })
    .execute()
  return follow.created_at
}

/** Takes that back, unless they have begun to follow it by themselves since. */
export async function unfollowToo(tx: Tx, topicId: number, memberId: number, since: number): Promise<void> {
  if ((await followOf(tx, memberId, topicId))?.created_at === since) await deleteFollow(tx, memberId, topicId)
}

/** Whatever they followed. */
export async function deleteFollows(tx: Tx, memberId: number): Promise<void> {
  await tx.deleteFrom('follows').where('member_id', '=', memberId).execute()
}

/** The next reply is mailed again. */
export async function forgetMailed(db: Db, memberId: number, topicId: number): Promise<void> {
  await db
    .updateTable('follows')
    .set({ mailed_at: null })
    .where('member_id', '=', memberId)
    .where('topic_id', '=', topicId)
    .execute()
}

/** The topics that a member gets mail about, newest first. */
export async function followedTopics(db: Db, memberId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('follows')
    .innerJoin('topics', 'topics.id', 'follows.topic_id')
    .select('topic_id')
    .where('follows.member_id', '=', memberId)
    .where('topics.merged_into_id', 'is', null)
    .orderBy('follows.created_at', 'desc')
    .orderBy('topic_id', 'desc')
    .limit(500)
    .execute()
  return rows.map(row => row.topic_id)
}

/** Everybody but its author who followed the topic of this post when it appeared and has had no mail since their last visit: now they have. */
export async function takeFollowersToTell(
  tx: Tx,
  { postId, at }: { readonly postId: number; readonly at: number },
): Promise<{ memberId: number; topicId: number }[]> {
  const rows = await tx
    .updateTable('follows')
    .set({ mailed_at: at })
    .where('mailed_at', 'is', null)
    .where('created_at', '<=', at)
    .where('topic_id', '=', ({ selectFrom }) => selectFrom('posts').select('topic_id').where('id', '=', postId))
    .where('member_id', 'is distinct from', ({ selectFrom }) =>
      selectFrom('posts').select('member_id').where('id', '=', postId),
    )
    .returning(['member_id', 'topic_id'])
    .execute()
  return rows.map(row => ({ memberId: row.member_id, topicId: row.topic_id }))
}

const purpose = 'follows.stop'

/** What stops these mails with one click; good for `until`. */
export async function insertStopSecret(
  db: Db,
  { hash, memberId, topicId, until }: { hash: string; memberId: number; topicId: number; until: number },
): Promise<void> {
  await db
    .insertInto('one_time_secrets')
    .values({
      hash,
      purpose,
      member_id: memberId,
      about: String(topicId),
      created_at: Date.now(),
      expires_at: until,
    })
    .execute()
}

/** Whose mail about which topic it stops; pressing twice is no mistake, so it is not used up. */
export async function followOfSecret(
  db: Db,
  hash: string,
  now: number,
): Promise<{ memberId: number; topicId: number } | undefined> {
  const row = await db
    .selectFrom('one_time_secrets')
    .select(['member_id', 'about'])
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.member_id ? { memberId: row.member_id, topicId: Number(row.about) } : undefined
}
