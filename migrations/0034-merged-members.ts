import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Accounts that were merged into another one, and what went there with them. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('members').addColumn('merged_into_id', 'integer').execute()
  await db.schema.alterTable('members').addColumn('merged_at', 'bigint').execute()
  await db.schema
    .createIndex('members_merged')
    .on('members')
    .column('merged_at')
    .where('merged_at', 'is not', null)
    .execute()
  await db.schema
    .createTable('merged_rows')
    .$call(identity(db))
    .addColumn('source_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('held_in', 'text', column => column.notNull())
    .addColumn('row_id', 'integer', column => column.notNull())
    .addColumn('was', 'text')
    .execute()
  await db.schema
    .createIndex('merged_rows_source')
    .on('merged_rows')
    .columns(['source_id', 'held_in', 'row_id'])
    .execute()
}
