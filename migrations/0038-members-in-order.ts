import { type Kysely, sql } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** Members are listed by their last visit and by their posts without reading all of them; whoever never came was here before everybody else. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.dropIndex('members_last_seen').execute()
  await db.schema
    .createIndex('members_last_seen')
    .on('members')
    .expression(sql`coalesce(last_seen_at, 0)`)
    .column('id')
    .execute()
  await db.schema.createIndex('members_post_count').on('members').columns(['post_count', 'id']).execute()
}
