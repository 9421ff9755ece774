import type { ExpressionBuilder } from 'kysely'
import { contains, type Db, type Tables } from '../../platform/store/index.ts'
import { mailJob } from '../mail/index.ts'
import { nameKey } from '../members/index.ts'

export interface MemberRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly group_id: number
  readonly group_name: string
  readonly joined_at: number
  readonly last_seen_at: number | null
  readonly post_count: number
  readonly deleted_at: number | null
}

export interface MemberSearch {
  /** Part of a name or of an address; empty: everybody. */
  readonly text: string
  readonly groupId: number | null
  readonly limit: number
  readonly offset: number
}

/** Members whose name or address contains the text, newest first, and how many there are. */
export async function searchMembers(db: Db, search: MemberSearch): Promise<{ rows: MemberRow[]; total: number }> {
  const found = db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .$if(search.text !== '', query =>
      query.where(eb =>
        eb.or([
          contains(db, eb.ref('members.name'), search.text),
          contains(db, eb.ref('members.email'), search.text),
          ...keysOf(search.text).map(key => contains(db, eb.ref('members.name_key'), key)),
        ]),
      ),
    )
    .$if(search.groupId !== null, query => query.where('members.group_id', '=', search.groupId))
  const rows = await found
    .select(['members.id', 'members.name', 'email', 'group_id', 'groups.name as group_name'])
    .select(['joined_at', 'last_seen_at', 'post_count', 'deleted_at'])
    .orderBy('members.id', 'desc')
    .limit(search.limit)
    .offset(search.offset)
    .execute()
  const { total } = await found.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { rows, total: Number(total) }
}

/** Look-alikes of a name are found by their key. A text that is all marks has none: it finds nobody, not everybody. */
function keysOf(text: string): string[] {
  const key = nameKey(text)
  return key === '' ? [] : [key]
}

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
