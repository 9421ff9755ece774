import { type Db, type Given, hotQuery } from '../../../platform/store/index.ts'

const publicPostAt = hotQuery((db, given: Given<{ topicId: number; position: number }>) =>
  db
    .selectFrom('posts')
    .select(['id', 'place'])
    .where('topic_id', '=', given.topicId)
    .where('place', '=', given.position)
    .where('position', '=', given.position),
)

/** The public post at this position. */
export async function postAt(db: Db, topicId: number, position: number) {
  return publicPostAt.first(db, { topicId, position })
}

const lastUpTo = hotQuery((db, given: Given<{ topicId: number; time: number }>) =>
  db
    .selectFrom('posts')
    .select('position')
    .where('topic_id', '=', given.topicId)
    .where('position', 'is not', null)
    .where('created_at', '<=', given.time)
    .orderBy('place', 'desc')
    .limit(1),
)

/** The position of the topic's last public post written up to then; 0 when it begins later. */
export async function lastPositionUpTo(db: Db, topicId: number, time: number): Promise<number> {
  return (await lastUpTo.first(db, { topicId, time }))?.position ?? 0
}
