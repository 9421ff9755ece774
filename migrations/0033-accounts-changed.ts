import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Accounts that were renamed or closed, posts that were given to somebody else, and what a warning is about. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('former_names')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('name_key', 'text', column => column.notNull())
    .addColumn('changed_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('former_names_key').on('former_names').column('name_key').execute()
  await db.schema.createIndex('former_names_member').on('former_names').columns(['member_id', 'id']).execute()
  await db.schema.alterTable('members').addColumn('closed_at', 'bigint').execute()
  await db.schema.alterTable('posts').addColumn('reassigned_at', 'bigint').execute()
  await db.schema.alterTable('sanctions').addColumn('post_id', 'integer').execute()
  await db.schema
    .createIndex('sanctions_post')
    .on('sanctions')
    .column('post_id')
    .where('post_id', 'is not', null)
    .execute()
}
