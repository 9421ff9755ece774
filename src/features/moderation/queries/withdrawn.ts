import { sql } from 'kysely'
import type { Db } from '../../../platform/store/index.ts'

export type WithdrawnState = 'hidden' | 'deleted'
const column = { hidden: 'hidden_at', deleted: 'deleted_at' } as const

/** A topic or post that is hidden or deleted. */
export interface WithdrawnItem {
  readonly kind: 'topic' | 'post'
  readonly id: number
  readonly since: number
}

function kind(name: WithdrawnItem['kind']) {
  return sql<WithdrawnItem['kind']>`${sql.lit(name)}`.as('kind')
}

function everythingWithdrawn(db: Db, state: WithdrawnState, forumIds: readonly number[]) {
  const at = column[state]
  const topics = db
    .selectFrom('topics')
    .select(eb => [kind('topic'), 'topics.id as id', eb.ref(`topics.${at}`).$notNull().as('since')])
    .where('topics.forum_id', 'in', [...forumIds])
    .where('topics.merged_into_id', 'is', null)
    .where(`topics.${at}`, 'is not', null)
  const posts = db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select(eb => [kind('post'), 'posts.id as id', eb.ref(`posts.${at}`).$notNull().as('since')])
    .where('topics.forum_id', 'in', [...forumIds])
    .where('posts.merged_into_id', 'is', null)
    .where(`posts.${at}`, 'is not', null)
  return db.selectFrom(topics.unionAll(posts).as('withdrawn'))
}

/** What is hidden or deleted in these forums, the latest first. */
export async function withdrawnIn(
  db: Db,
  state: WithdrawnState,
  forumIds: readonly number[],
  { offset, limit }: { offset: number; limit: number },
): Promise<WithdrawnItem[]> {
  return everythingWithdrawn(db, state, forumIds)
    .select(['kind', 'id', 'since'])
    .orderBy('since', 'desc')
    .orderBy('kind')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countWithdrawn(db: Db, state: WithdrawnState, forumIds: readonly number[]): Promise<number> {
  const row = await everythingWithdrawn(db, state, forumIds)
    .select(eb => eb.fn.countAll<number>().as('withdrawn'))
    .executeTakeFirst()
  return Number(row?.withdrawn ?? 0)
}
