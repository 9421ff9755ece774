import { topicPath } from '../../../src/features/topics/index.ts'
import { pathTo } from '../../../src/platform/slug.ts'
import type { Db } from '../../../src/platform/store/index.ts'

/** The addresses that are asked for. */
export type Places = {
  readonly forum: string
  /** The topic with the most replies: its first page, and one deep inside. */
  readonly topic: string
  readonly deep: string
  /** Topics of a usual length which take replies. */
  readonly quiet: readonly string[]
}

const postsOnPage = 20

export async function findPlaces(db: Db): Promise<Places> {
  const longest = await visible(db).orderBy('post_count', 'desc').limit(1).executeTakeFirstOrThrow()
  const forum = await db
    .selectFrom('forums')
    .select(['id', 'slug'])
    .where('id', '=', longest.forum_id)
    .executeTakeFirstOrThrow()
  const quiet = await visible(db)
    .where('locked_at', 'is', null)
    .where('post_count', '>=', 5)
    .where('post_count', '<=', 40)
    .orderBy('id', 'desc')
    .limit(8)
    .execute()
  const topic = topicPath(longest)
  const pages = Math.ceil(longest.post_count / postsOnPage)
  return {
    forum: pathTo('forum', forum.id, forum.slug),
    topic,
    deep: `${topic}?page=${Math.max(2, Math.floor(pages * 0.9))}`,
    quiet: quiet.map(topicPath),
  }
}

function visible(db: Db) {
  return db
    .selectFrom('topics')
    .select(['id', 'slug', 'forum_id', 'post_count'])
    .where('hidden_at', 'is', null)
    .where('deleted_at', 'is', null)
    .where('pending_at', 'is', null)
}
