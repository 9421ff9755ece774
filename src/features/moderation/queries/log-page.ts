import type { ExpressionBuilder } from 'kysely'
import type { Db, Tables } from '../../../platform/store/index.ts'
import { standsBelow } from './standing.ts'

/** Whose acts someone may look up, and where. */
export interface LogSight {
  readonly memberId: number
  readonly standing: number
  readonly forumIds: readonly number[]
  /** Of what is done to members, in no forum. */
  readonly memberActs: readonly string[]
}

export interface LogFilter {
  readonly by: number | null
  readonly act: string | null
  readonly forum: number | null
}

type LogTables = Pick<Tables, 'moderation_log' | 'posts'> & {
  actors: Tables['members']
  actor_groups: Tables['groups']
}

function inLog({ memberId, standing, forumIds, memberActs }: LogSight, filter: LogFilter) {
  return (eb: ExpressionBuilder<LogTables, keyof LogTables>) => {
    const conditions = [
      eb.or([
        eb('moderation_log.forum_id', 'in', [...forumIds]),
        eb.and([eb('moderation_log.target_kind', '=', 'member'), eb('moderation_log.act', 'in', [...memberActs])]),
      ]),
      eb.or([
        eb('actors.id', '=', memberId),
        eb('moderation_log.rule_id', 'is not', null),
        standsBelow('actors', standing),
      ]),
      // Whoever wrote what was reported does not learn of that.
      eb.or([eb('moderation_log.act', '!=', 'settle'), eb.not(isOwnPost(eb, memberId))]),
    ]
    if (filter.by !== null)
      conditions.push(eb('moderation_log.member_id', '=', filter.by), eb('moderation_log.rule_id', 'is', null))
    if (filter.act !== null) conditions.push(eb('moderation_log.act', '=', filter.act))
    if (filter.forum !== null) conditions.push(eb('moderation_log.forum_id', '=', filter.forum))
    return eb.and(conditions)
  }
}

function isOwnPost(eb: ExpressionBuilder<LogTables, keyof LogTables>, memberId: number) {
  const own = eb.selectFrom('posts').select('posts.id').where('posts.member_id', '=', memberId)
  return eb.exists(own.whereRef('posts.id', '=', 'moderation_log.target_id'))
}

function visibleLog(db: Db, sight: LogSight, filter: LogFilter) {
  return db
    .selectFrom('moderation_log')
    .innerJoin('members as actors', 'actors.id', 'moderation_log.member_id')
    .innerJoin('groups as actor_groups', 'actor_groups.id', 'actors.group_id')
    .where(inLog(sight, filter))
}

export type LogLine = Awaited<ReturnType<typeof logLines>>[number]

/** A part of the log, newest first, with the names that its sentences need. */
export async function logLines(
  db: Db,
  sight: LogSight,
  filter: LogFilter,
  { offset, limit }: { offset: number; limit: number },
) {
  return visibleLog(db, sight, filter)
    .leftJoin('topics', 'topics.id', 'moderation_log.topic_id')
    .leftJoin('posts', join =>
      join.onRef('posts.id', '=', 'moderation_log.target_id').on('moderation_log.target_kind', 'in', ['post', 'edit']),
    )
    .leftJoin('members as authors', join =>
      join.on(eb =>
        eb(
          'authors.id',
          '=',
          eb
            .case()
            .when('moderation_log.target_kind', '=', 'member')
            .then(eb.ref('moderation_log.target_id'))
            .when('posts.id', 'is not', null)
            .then(eb.ref('posts.member_id'))
            .else(eb.ref('topics.member_id'))
            .end(),
        ),
      ),
    )
    .leftJoin('members as undoers', 'undoers.id', 'moderation_log.undone_by_id')
    .selectAll('moderation_log')
    .select([
      'actors.name as actor_name',
      'actors.group_id as actor_group_id',
      'topics.title',
      'topics.slug',
      'topics.forum_id as topic_forum_id',
      'topics.purged_at',
      'topics.guest_name as topic_guest_name',
      'posts.guest_name as post_guest_name',
      'posts.erased_at',
      'authors.id as author_id',
      'authors.name as author_name',
      'authors.group_id as author_group_id',
      'undoers.name as undoer_name',
    ])
    .orderBy('moderation_log.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countLog(db: Db, sight: LogSight, filter: LogFilter): Promise<number> {
  const row = await visibleLog(db, sight, filter)
    .select(eb => eb.fn.countAll<number>().as('entries'))
    .executeTakeFirst()
  return Number(row?.entries ?? 0)
}

/** Whoever did something that this viewer may look up, by name. */
export async function actorsIn(db: Db, sight: LogSight): Promise<{ id: number; name: string }[]> {
  return visibleLog(db, sight, { by: null, act: null, forum: null })
    .where('moderation_log.rule_id', 'is', null)
    .select(['actors.id', 'actors.name'])
    .distinct()
    .orderBy('actors.name')
    .execute()
}
