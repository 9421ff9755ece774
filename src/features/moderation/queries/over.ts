import type { Db } from '../../../platform/store/index.ts'

/** Topics that were to be pinned until then at most; or whether one of them is. */
export async function pinsOver(db: Db, now: number, id?: number): Promise<{ id: number; forum_id: number }[]> {
  return db
    .selectFrom('topics')
    .select(['id', 'forum_id'])
    .where('pinned_until', '<=', now)
    .$if(id !== undefined, query => query.where('id', '=', id ?? 0))
    .orderBy('id')
    .execute()
}

/** Deleted topics that still have their texts, deleted before then. */
export async function topicsToPurge(db: Db, before: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('topics')
    .select('id')
    .where('deleted_at', '<', before)
    .where('purged_at', 'is', null)
    .where('merged_into_id', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

/** Deleted posts that still have their texts, deleted before then. */
export async function postsToPurge(db: Db, before: number, limit: number) {
  return db
    .selectFrom('posts')
    .select(['id', 'topic_id'])
    .where('deleted_at', '<', before)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** The posts of a topic that still have their texts. */
export async function textsIn(db: Db, topicId: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('posts')
    .select('id')
    .where('topic_id', '=', topicId)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}
