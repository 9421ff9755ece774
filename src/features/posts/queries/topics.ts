import type { Insertable } from 'kysely'
import type { Db, TopicsTable, Tx } from '../../../platform/store/index.ts'

/** A topic without any post yet; its id. */
export async function insertTopic(tx: Tx, topic: Insertable<TopicsTable>): Promise<number> {
  const row = await tx.insertInto('topics').values(topic).returning('id').executeTakeFirstOrThrow()
  return row.id
}

/** The first topic that was opened under this name by nobody: no member, and no guest either, who has an address. */
export async function unownedTopic(
  db: Db,
  guestName: string,
): Promise<{ id: number; first_post_id: number | null } | undefined> {
  return db
    .selectFrom('topics')
    .innerJoin('posts', 'posts.id', 'topics.first_post_id')
    .select(['topics.id', 'topics.first_post_id'])
    .where('topics.member_id', 'is', null)
    .where('topics.guest_name', '=', guestName)
    .where('posts.address', 'is', null)
    .orderBy('topics.id')
    .limit(1)
    .executeTakeFirst()
}
