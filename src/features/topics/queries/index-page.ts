import { type Db, hotQuery } from '../../../platform/store/index.ts'

export type ForumEnd = Awaited<ReturnType<typeof forumEnds>>[number]

/** The counters of every forum and its last public post. Whoever shows them leaves out what the viewer may not read. */
export async function forumEnds(db: Db) {
  return allForumEnds(db, {})
}

const allForumEnds = hotQuery(db =>
  db
    .selectFrom('forums')
    .leftJoin('posts', 'posts.id', 'forums.last_post_id')
    .leftJoin('topics', join =>
      join
        .onRef('topics.id', '=', 'posts.topic_id')
        .onRef('topics.forum_id', '=', 'forums.id')
        .on('topics.hidden_at', 'is', null)
        .on('topics.deleted_at', 'is', null)
        .on('topics.pending_at', 'is', null),
    )
    .leftJoin('members', 'members.id', 'posts.member_id')
    .select(['forums.id', 'forums.topic_count', 'forums.post_count'])
    .select(['posts.id as post_id', 'posts.created_at', 'posts.member_id', 'posts.guest_name'])
    .select(['members.name as member_name', 'topics.id as topic_id', 'topics.title']),
)

/** The public topics that were started last in these forums. */
export async function newestTopics(db: Db, forumIds: readonly number[], limit: number) {
  return db
    .selectFrom('topics')
    .leftJoin('members', 'members.id', 'topics.member_id')
    .select([
      'topics.id',
      'topics.title',
      'topics.slug',
      'topics.prefix_id',
      'topics.forum_id',
      'topics.created_at',
      'topics.member_id',
      'topics.guest_name',
    ])
    .select('members.name as member_name')
    .where('topics.forum_id', 'in', [...forumIds])
    .where('topics.hidden_at', 'is', null)
    .where('topics.deleted_at', 'is', null)
    .where('topics.pending_at', 'is', null)
    .orderBy('topics.id', 'desc')
    .limit(limit)
    .execute()
}

const newestMember = hotQuery(db =>
  db
    .selectFrom('members')
    .select(['id', 'name'])
    .where('deleted_at', 'is', null)
    .where('closed_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1),
)

const memberCount = hotQuery(db =>
  db
    .selectFrom('members')
    .select(eb => eb.fn.countAll<number>().as('members'))
    .where('deleted_at', 'is', null),
)

/** How many members there are, and who came last. */
export async function memberFigures(db: Db) {
  const count = await memberCount.first(db, {})
  return { count: Number(count?.members ?? 0), newest: await newestMember.first(db, {}) }
}
