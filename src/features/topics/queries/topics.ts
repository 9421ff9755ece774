import type { Selectable } from 'kysely'
import { type Db, type Given, hotQuery, type TopicsTable } from '../../../platform/store/index.ts'

export type Topic = Selectable<TopicsTable>

const topic = hotQuery((db, given: Given<{ id: number }>) =>
  db.selectFrom('topics').selectAll().where('id', '=', given.id),
)

/** Only for those who check the viewer themselves: `findTopic` is the door. */
export async function topicById(db: Db, id: number): Promise<Topic | undefined> {
  return topic.first(db, { id })
}
