import type { Db } from '../../../platform/store/index.ts'

/** So many of the latest posts are looked through for who wrote them. */
const latest = 500
/** Members. */
const most = 100

/** The members who wrote in this topic's latest public posts, whoever did last first, and the one who began it. */
export async function writersIn(
  db: Db,
  topic: { readonly id: number; readonly post_count: number; readonly member_id: number | null },
): Promise<number[]> {
  const rows = await db
    .selectFrom('posts')
    .select('member_id')
    .where('topic_id', '=', topic.id)
    .where('place', '>', topic.post_count - latest)
    .where('position', 'is not', null)
    .where('member_id', 'is not', null)
    .groupBy('member_id')
    .orderBy(eb => eb.fn.max('id'), 'desc')
    .limit(most)
    .execute()
  const ids = rows.map(row => row.member_id)
  return [...new Set([...ids, topic.member_id])].filter(id => id !== null)
}
