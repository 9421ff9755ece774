import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** What members let stand under their posts, and who would rather not see it. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('signatures')
    .addColumn('member_id', 'integer', column => column.primaryKey().references('members.id').onDelete('cascade'))
    .addColumn('html', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('written_at', 'bigint', column => column.notNull())
    .addColumn('removed_at', 'bigint')
    .execute()
  await db.schema
    .alterTable('members')
    .addColumn('hide_signatures', 'integer', column => column.notNull().defaultTo(0))
    .execute()
}
