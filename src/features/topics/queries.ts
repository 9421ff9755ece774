import type { Selectable } from 'kysely'
import type { Db, TopicsTable } from '../../platform/store/index.ts'

export type Topic = Selectable<TopicsTable>

/** Only for those who check the viewer themselves: `findTopic` is the door. */
export async function topicById(db: Db, id: number): Promise<Topic | undefined> {
  return db.selectFrom('topics').selectAll().where('id', '=', id).executeTakeFirst()
}
