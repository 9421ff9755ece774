import type { Db, Tx } from '../../../platform/store/index.ts'

/** At most so many are shown. */
const most = 20

/** Leaves a link to a topic in the forum from which it is moved; its number. `until`: epoch ms; null: it stays. */
export async function insertLink(
  tx: Tx,
  link: {
    readonly forum_id: number
    readonly topic_id: number
    readonly created_at: number
    readonly until: number | null
  },
): Promise<number> {
  const row = await tx.insertInto('topic_links').values(link).returning('id').executeTakeFirstOrThrow()
  return row.id
}

export async function deleteLink(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('topic_links').where('id', '=', id).execute()
}

/** Links whose time is over go; the forums in which they stood. */
export async function deleteLinksOver(tx: Tx, now: number): Promise<number[]> {
  const rows = await tx.deleteFrom('topic_links').where('until', '<=', now).returning('forum_id').execute()
  return rows.map(row => row.forum_id)
}

/** Public topics that have left this forum with a link behind, the latest first. */
export async function linksIn(db: Db, forumId: number, readable: readonly number[]) {
  return db
    .selectFrom('topic_links')
    .innerJoin('topics', 'topics.id', 'topic_links.topic_id')
    .select(['topics.id', 'topics.title', 'topics.slug', 'topics.forum_id'])
    .distinct()
    .where('topic_links.forum_id', '=', forumId)
    .where('topics.forum_id', '!=', forumId)
    .where('topics.forum_id', 'in', [...readable])
    .where('topics.hidden_at', 'is', null)
    .where('topics.deleted_at', 'is', null)
    .where('topics.pending_at', 'is', null)
    .orderBy('topics.id', 'desc')
    .limit(most)
    .execute()
}
