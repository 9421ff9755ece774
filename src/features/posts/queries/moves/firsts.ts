import type { Tx } from '../../../../platform/store/index.ts'

/** The post that everybody sees first of this topic; of those moved together if a move is named. */
export async function firstSeen(tx: Tx, topicId: number, move?: string) {
  const query = tx
    .selectFrom('posts')
    .select(['posts.id', 'posts.position', 'posts.created_at'])
    .where('posts.topic_id', '=', topicId)
    .orderBy('posts.place')
    .orderBy(eb => eb.case().when('posts.position', 'is', null).then(1).else(0).end())
    .orderBy('posts.created_at')
    .orderBy('posts.id')
    .limit(1)
  if (move === undefined) return query.executeTakeFirst()
  return query
    .innerJoin('moved_posts', join => join.onRef('moved_posts.post_id', '=', 'posts.id').on('move', '=', move))
    .executeTakeFirst()
}

/** Those that stay when a move is taken back: which of them everybody sees first. */
export async function firstStaying(tx: Tx, topicId: number, move: string) {
  return tx
    .selectFrom('posts')
    .select(['posts.id', 'posts.position'])
    .where('posts.topic_id', '=', topicId)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('moved_posts')
            .select('moved_posts.post_id')
            .whereRef('moved_posts.post_id', '=', 'posts.id')
            .where('moved_posts.move', '=', move),
        ),
      ),
    )
    .orderBy('posts.place')
    .orderBy(eb => eb.case().when('posts.position', 'is', null).then(1).else(0).end())
    .orderBy('posts.created_at')
    .orderBy('posts.id')
    .limit(1)
    .executeTakeFirst()
}

/** The first public post of those that are moved together. */
export async function firstPublicMoved(tx: Tx, move: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('moved_posts')
    .innerJoin('posts', 'posts.id', 'moved_posts.post_id')
    .select('posts.id')
    .where('moved_posts.move', '=', move)
    .where('posts.position', 'is not', null)
    .orderBy('posts.place')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}
