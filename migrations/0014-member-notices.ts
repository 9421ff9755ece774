import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What members are told on their next page, wherever they are signed in. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('member_notices')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('message', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('member_notices_member').on('member_notices').column('member_id').execute()
}
