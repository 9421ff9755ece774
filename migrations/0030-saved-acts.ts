import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Several acts of moderation under one name, and words that are shown as others or hold a post back. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('saved_acts')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('groups', 'text', column => column.notNull())
    .addColumn('steps', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createTable('words')
    .$call(identity(db))
    .addColumn('word', 'text', column => column.notNull())
    .addColumn('word_key', 'text', column => column.notNull().unique())
    .addColumn('replacement', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
}
