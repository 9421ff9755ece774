import { sql } from 'kysely'
import type { Db } from '../../../platform/store/index.ts'
import { heldReasons } from '../../posts/index.ts'
import { rejectedReason } from '../../topics/index.ts'
import type { TargetKind } from '../targets/target.ts'

/** Something that waits for approval: which, and since when. */
export interface Waiting {
  readonly kind: TargetKind
  readonly id: number
  readonly since: number
}

/** Not for moderators, or not any more: what waits with its author's account, and what was not accepted. */
const settled = [rejectedReason, ...Object.values(heldReasons)]

function kind(name: TargetKind) {
  return sql<TargetKind>`${sql.lit(name)}`.as('kind')
}

function waitingTopics(db: Db, forumIds: readonly number[]) {
  return db
    .selectFrom('topics')
    .select(eb => [kind('topic'), 'topics.id as id', eb.ref('topics.pending_at').$notNull().as('since')])
    .where('topics.forum_id', 'in', [...forumIds])
    .where('topics.pending_at', 'is not', null)
    .where('topics.deleted_at', 'is', null)
    .where(eb => eb.or([eb('topics.pending_reason', 'is', null), eb('topics.pending_reason', 'not in', settled)]))
}

function waitingPosts(db: Db, forumIds: readonly number[]) {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select(eb => [kind('post'), 'posts.id as id', eb.ref('posts.pending_at').$notNull().as('since')])
    .where('topics.forum_id', 'in', [...forumIds])
    .where('topics.deleted_at', 'is', null)
    .where('posts.pending_at', 'is not', null)
    .where('posts.deleted_at', 'is', null)
    .where(eb => eb.or([eb('posts.pending_reason', 'is', null), eb('posts.pending_reason', 'not in', settled)]))
}

function waitingEdits(db: Db, forumIds: readonly number[]) {
  return db
    .selectFrom('proposed_edits')
    .innerJoin('posts', 'posts.id', 'proposed_edits.post_id')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select([kind('edit'), 'posts.id as id', 'proposed_edits.proposed_at as since'])
    .where('topics.forum_id', 'in', [...forumIds])
    .where('topics.deleted_at', 'is', null)
    .where('posts.deleted_at', 'is', null)
    .where('proposed_edits.rejected_at', 'is', null)
    .where('proposed_edits.pending_reason', 'not in', settled)
}

function everythingWaiting(db: Db, forumIds: readonly number[]) {
  const all = waitingTopics(db, forumIds).unionAll(waitingPosts(db, forumIds)).unionAll(waitingEdits(db, forumIds))
  return db.selectFrom(all.as('waiting'))
}

/** What waits in these forums, the longest first. */
export async function waitingIn(
  db: Db,
  forumIds: readonly number[],
  { offset, limit }: { offset: number; limit: number },
): Promise<Waiting[]> {
  return everythingWaiting(db, forumIds)
    .select(['kind', 'id', 'since'])
    .orderBy('since')
    .orderBy('kind')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute()
}

/** How much waits in these forums. */
export async function countWaiting(db: Db, forumIds: readonly number[]): Promise<number> {
  if (forumIds.length === 0) return 0
  const row = await everythingWaiting(db, forumIds)
    .select(eb => eb.fn.countAll<number>().as('waiting'))
    .executeTakeFirst()
  return Number(row?.waiting ?? 0)
}
