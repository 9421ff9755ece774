import { type ExpressionBuilder, sql } from 'kysely'
import { type Db, type Given, hotQuery, type Tables, type Tx } from '../../../platform/store/index.ts'

/** Up to when a member has read this forum as a whole; 0: it was never marked. */
export async function forumMark(db: Db, memberId: number, forumId: number): Promise<number> {
  return (await wholeForum.first(db, { memberId, forumId }))?.read_at ?? 0
}

const wholeForum = hotQuery((db, given: Given<{ memberId: number; forumId: number }>) =>
  db
    .selectFrom('forum_reads')
    .select('read_at')
    .where('member_id', '=', given.memberId)
    .where('forum_id', '=', given.forumId),
)

const marks = hotQuery((db, given: Given<{ memberId: number; topicId: number; forumId: number }>) =>
  db.selectNoFrom(eb => [
    eb
      .selectFrom('topic_reads')
      .select('read_at')
      .where('member_id', '=', given.memberId)
      .where('topic_id', '=', given.topicId)
      .as('topic'),
    eb
      .selectFrom('forum_reads')
      .select('read_at')
      .where('member_id', '=', given.memberId)
      .where('forum_id', '=', given.forumId)
      .as('forum'),
  ]),
)

/** Up to when a member has read this topic, by its own mark and by that of its forum; 0: neither was ever set. */
export async function topicMark(db: Db, memberId: number, topic: { id: number; forum_id: number }): Promise<number> {
  const row = await marks.first(db, { memberId, topicId: topic.id, forumId: topic.forum_id })
  return Math.max(row?.topic ?? 0, row?.forum ?? 0)
}

/** The forums in which a public topic has something that this member has not read. */
export async function unreadForums(db: Db, memberId: number, readAllAt: number): Promise<Set<number>> {
  const rows = await withNews(db, { memberId, readAllAt })
  return new Set(rows.map(row => row.id))
}

type Reader = { memberId: number; readAllAt: number }

const withNews = hotQuery((db, given: Given<Reader>) =>
  db
    .selectFrom('forums')
    .leftJoin('forum_reads', join =>
      join.onRef('forum_reads.forum_id', '=', 'forums.id').on('forum_reads.member_id', '=', given.memberId),
    )
    .select('forums.id')
    .where(eb => eb.exists(unreadTopic(eb, given))),
)

function unreadTopic(eb: ExpressionBuilder<Tables, 'forums' | 'forum_reads'>, { memberId, readAllAt }: Given<Reader>) {
  // One bound, so that both databases start in the index where the news begin.
  const mark = sql<number>`case when forum_reads.read_at > ${readAllAt} then forum_reads.read_at else ${readAllAt} end`
  return eb
    .selectFrom('topics')
    .leftJoin('topic_reads', join =>
      join.onRef('topic_reads.topic_id', '=', 'topics.id').on('topic_reads.member_id', '=', memberId),
    )
    .select('topics.id')
    .whereRef('topics.forum_id', '=', 'forums.id')
    .where('topics.last_post_at', '>', mark)
    .where('topics.hidden_at', 'is', null)
    .where('topics.deleted_at', 'is', null)
    .where('topics.pending_at', 'is', null)
    .where(topic =>
      topic.or([
        topic('topic_reads.read_at', 'is', null),
        topic('topic_reads.read_at', '<', topic.ref('topics.last_post_at')),
      ]),
    )
}

/** Moves a member's mark in a topic forward. */
export async function writeTopicMark(db: Db, memberId: number, topicId: number, readAt: number): Promise<void> {
  await moveMark(db, { memberId, topicId, readAt })
}

const moveMark = hotQuery((db, given: Given<{ memberId: number; topicId: number; readAt: number }>) =>
  db
    .insertInto('topic_reads')
    .values({ member_id: given.memberId, topic_id: given.topicId, read_at: given.readAt })
    .onConflict(conflict =>
      conflict
        .columns(['member_id', 'topic_id'])
        .doUpdateSet({ read_at: given.readAt })
        .where('topic_reads.read_at', '<', given.readAt),
    ),
)

/** For every mark in a topic the same one in another, unless its reader has a later one there. */
export async function copyTopicMarks(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .insertInto('topic_reads')
    .columns(['member_id', 'topic_id', 'read_at'])
    .expression(eb =>
      eb
        .selectFrom('topic_reads')
        .select(['member_id', sql<number>`cast(${to} as integer)`.as('topic_id'), 'read_at'])
        .where('topic_id', '=', from),
    )
    .onConflict(conflict =>
      conflict
        .columns(['member_id', 'topic_id'])
        .doUpdateSet(eb => ({ read_at: eb.ref('excluded.read_at') }))
        .whereRef('topic_reads.read_at', '<', 'excluded.read_at'),
    )
    .execute()
}

/** What is known of two topics before one goes into the other. */
interface Joined {
  readonly id: number
  readonly forum_id: number
  readonly last_post_at: number
}

/**
 * Marks in a topic into which another one goes: whoever has not read one of the two to its end goes on where they stopped
 * there, so nothing unread is passed over. Who has read both to their ends has read everything.
 */
export async function mergeTopicMarks(tx: Tx, from: Joined, into: Joined): Promise<void> {
  const endless = sql.lit(Number.MAX_SAFE_INTEGER)
  const latest = (side: string) => {
    const [own, forum, all] = [
      `coalesce(${side}.read_at, 0)`,
      `coalesce(${side}_forum.read_at, 0)`,
      'readers.read_all_at',
    ]
    return sql.raw(`case when ${own} >= ${forum} and ${own} >= ${all} then ${own}
      when ${forum} >= ${all} then ${forum} else ${all} end`)
  }
  await sql`
    with known as (
      select readers.id, ${latest('one')} as one, ${latest('other')} as other
      from members as readers
      left join topic_reads as one on one.member_id = readers.id and one.topic_id = ${from.id}
      left join topic_reads as other on other.member_id = readers.id and other.topic_id = ${into.id}
      left join forum_reads as one_forum on one_forum.member_id = readers.id and one_forum.forum_id = ${from.forum_id}
      left join forum_reads as other_forum
        on other_forum.member_id = readers.id and other_forum.forum_id = ${into.forum_id}
      where readers.id in (select member_id from topic_reads where topic_id in (${from.id}, ${into.id}))
    ), stopped as (
      select id, case when one > other then one else other end as furthest,
        case when one >= ${from.last_post_at} then ${endless} else one end as one,
        case when other >= ${into.last_post_at} then ${endless} else other end as other
      from known
    )
    insert into topic_reads (member_id, topic_id, read_at)
    select id, cast(${into.id} as integer),
      case when one = ${endless} and other = ${endless} then furthest when one < other then one else other end
    from stopped where true
    on conflict (member_id, topic_id) do update set read_at = excluded.read_at`.execute(tx)
}

/** Moves a member's marks in these forums forward. */
export async function writeForumMarks(tx: Tx, memberId: number, forumIds: readonly number[], readAt: number) {
  if (forumIds.length === 0) return
  await tx
    .insertInto('forum_reads')
    .values(forumIds.map(forum_id => ({ member_id: memberId, forum_id, read_at: readAt })))
    .onConflict(conflict =>
      conflict
        .columns(['member_id', 'forum_id'])
        .doUpdateSet({ read_at: readAt })
        .where('forum_reads.read_at', '<', readAt),
    )
    .execute()
}

/** Counts everything up to then as read; the finer marks below it say nothing any more. */
export async function writeReadAll(tx: Tx, memberId: number, readAt: number): Promise<void> {
  await tx
    .updateTable('members')
    .set({ read_all_at: readAt })
    .where('id', '=', memberId)
    .where('read_all_at', '<', readAt)
    .execute()
  for (const table of ['topic_reads', 'forum_reads'] as const)
    await tx.deleteFrom(table).where('member_id', '=', memberId).where('read_at', '<=', readAt).execute()
}
