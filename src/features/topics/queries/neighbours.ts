import type { Db } from '../../../platform/store/index.ts'
import { type Sight, seenBy } from './sight.ts'
import type { Topic } from './topics.ts'

/** The topic that stands next to this one in its forum, by last reply: `next` the older one. */
export async function neighbourOf(db: Db, topic: Topic, sight: Sight, side: 'next' | 'previous') {
  const [comes, order] = side === 'next' ? (['<', 'desc'] as const) : (['>', 'asc'] as const)
  return db
    .selectFrom('topics')
    .select(['id', 'slug'])
    .where('forum_id', '=', topic.forum_id)
    .where('last_post_at', side === 'next' ? '<=' : '>=', topic.last_post_at)
    .where(eb => eb.or([eb('last_post_at', comes, topic.last_post_at), eb('id', comes, topic.id)]))
    .where(seenBy(sight))
    .orderBy('last_post_at', order)
    .orderBy('id', order)
    .limit(1)
    .executeTakeFirst()
}
