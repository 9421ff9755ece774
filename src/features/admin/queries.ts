import type { ExpressionBuilder } from 'kysely'
import type { Db, Tables } from '../../platform/store/index.ts'
import { mailJob } from '../mail/index.ts'

/** How many there are in each group. */
export async function countByGroup(db: Db): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('members')
    .select(['group_id', eb => eb.fn.countAll<number>().as('members')])
    .groupBy('group_id')
    .execute()
  return new Map(rows.map(row => [row.group_id, Number(row.members)]))
}

/** Does the forum hold topics, in whatever state? */
export async function hasTopics(db: Db, forumId: number): Promise<boolean> {
  const query = db.selectFrom('topics').select('id').where('forum_id', '=', forumId).limit(1)
  return (await query.executeTakeFirst()) !== undefined
}

export interface Totals {
  readonly members: number
  readonly topics: number
  readonly posts: number
  readonly claims: number
  /** Events among them, mails not. */
  readonly failedJobs: number
  readonly failedMails: number
}

/** The forum in figures. */
export async function totals(db: Db, now: number): Promise<Totals> {
  const { countAll } = db.fn
  const row = await db
    .selectNoFrom(eb => [
      eb.selectFrom('members').select(countAll<number>().as('n')).as('members'),
      eb
        .selectFrom('forums')
        .select(sum => sum.fn.sum<number>('topic_count').as('n'))
        .as('topics'),
      eb
        .selectFrom('forums')
        .select(sum => sum.fn.sum<number>('post_count').as('n'))
        .as('posts'),
      eb
        .selectFrom('claims')
        .select(countAll<number>().as('n'))
        .where('taken_at', 'is', null)
        .where('kind', '!=', 'post')
        .where('expires_at', '>', now)
        .as('claims'),
      failedJobs(eb).where('name', '!=', mailJob).as('failedJobs'),
      eb.selectFrom('events').select(countAll<number>().as('n')).where('failed_at', 'is not', null).as('failedEvents'),
      failedJobs(eb).where('name', '=', mailJob).as('failedMails'),
    ])
    .executeTakeFirstOrThrow()
  const number = (value: number | null) => Number(value ?? 0)
  return {
    members: number(row.members),
    topics: number(row.topics),
    posts: number(row.posts),
    claims: number(row.claims),
    failedJobs: number(row.failedJobs) + number(row.failedEvents),
    failedMails: number(row.failedMails),
  }
}

function failedJobs(eb: ExpressionBuilder<Tables, never>) {
  return eb.selectFrom('jobs').select(eb.fn.countAll<number>().as('n')).where('failed_at', 'is not', null)
}
