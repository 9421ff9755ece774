import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/**
 * What may stand before the titles of a forum's topics. Topics and claims name a prefix without a reference: one that was
 * removed is shown nowhere, and its number is given to no other.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('prefixes')
    .$call(identity(db))
    .addColumn('forum_id', 'integer', column => column.notNull().references('forums.id').onDelete('cascade'))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('colour', 'text', column => column.notNull())
    .addColumn('position', 'integer', column => column.notNull())
    .execute()
  await db.schema.createIndex('prefixes_forum').on('prefixes').column('forum_id').execute()
  for (const table of ['topics', 'claims'])
    await db.schema.alterTable(table).addColumn('prefix_id', 'integer').execute()
  await db.schema
    .createIndex('topics_prefix')
    .on('topics')
    .columns(['forum_id', 'prefix_id', 'last_post_at'])
    .where('prefix_id', 'is not', null)
    .execute()
}
