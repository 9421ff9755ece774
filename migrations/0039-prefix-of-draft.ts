import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** What is to stand before the title of a topic that was typed and not opened. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('drafts').addColumn('prefix_id', 'integer').execute()
}
