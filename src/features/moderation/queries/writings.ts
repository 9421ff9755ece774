import type { Db } from '../../../platform/store/index.ts'
import { heldReasons } from '../../posts/index.ts'
import { rejectedReason } from '../../topics/index.ts'
import type { Ref } from '../targets/target.ts'

/** What everybody sees of a member: topics first, and of posts those that open none; the latest first. */
export async function publicWritings(db: Db, memberId: number): Promise<Ref[]> {
  const topics = await topicsOf(db, memberId).where('pending_at', 'is', null).where('hidden_at', 'is', null).execute()
  const posts = await postsOf(db, memberId)
    .where('posts.pending_at', 'is', null)
    .where('posts.hidden_at', 'is', null)
    .execute()
  return [
    ...topics.map(({ id }) => ({ kind: 'topic' as const, id })),
    ...posts.map(({ id }) => ({ kind: 'post' as const, id })),
  ]
}

/** What of theirs waits for a moderator. */
export async function waitingWritings(db: Db, memberId: number): Promise<Ref[]> {
  const settled = [rejectedReason, ...Object.values(heldReasons)]
  const topics = await topicsOf(db, memberId)
    .where('pending_at', 'is not', null)
    .where(eb => eb.or([eb('pending_reason', 'is', null), eb('pending_reason', 'not in', settled)]))
    .execute()
  const posts = await postsOf(db, memberId)
    .where('posts.pending_at', 'is not', null)
    .where(eb => eb.or([eb('posts.pending_reason', 'is', null), eb('posts.pending_reason', 'not in', settled)]))
    .execute()
  return [
    ...topics.map(({ id }) => ({ kind: 'topic' as const, id })),
    ...posts.map(({ id }) => ({ kind: 'post' as const, id })),
  ]
}

function topicsOf(db: Db, memberId: number) {
  return db
    .selectFrom('topics')
    .select('id')
    .where('member_id', '=', memberId)
    .where('deleted_at', 'is', null)
    .where('merged_into_id', 'is', null)
    .orderBy('id', 'desc')
}

function postsOf(db: Db, memberId: number) {
  return db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select('posts.id')
    .where('posts.member_id', '=', memberId)
    .where('posts.deleted_at', 'is', null)
    .where('posts.merged_into_id', 'is', null)
    .where(eb => eb.or([eb('topics.first_post_id', 'is', null), eb('topics.first_post_id', '!=', eb.ref('posts.id'))]))
    .orderBy('posts.id', 'desc')
}

/** What of theirs nobody sees any more and is still reported. */
export async function reportedWritings(db: Db, memberId: number): Promise<Ref[]> {
  const rows = await db
    .selectFrom('report_cases')
    .innerJoin('posts', 'posts.id', 'report_cases.post_id')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select('posts.id')
    .where('report_cases.settled_at', 'is', null)
    .where('posts.member_id', '=', memberId)
    .where(eb => eb.or([eb('posts.position', 'is', null), eb('topics.hidden_at', 'is not', null)]))
    .orderBy('posts.id')
    .execute()
  return rows.map(({ id }) => ({ kind: 'post' as const, id }))
}

/** How many texts that guests had written they took over. */
export async function countClaimsOf(db: Db, memberId: number): Promise<number> {
  const row = await db
    .selectFrom('claims')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('taken_by_id', '=', memberId)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}
