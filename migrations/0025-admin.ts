import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What administrators did, how busy each day was, and how often an account changed hands. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('members')
    .addColumn('hands', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createTable('admin_log')
    .$call(identity(db))
    .addColumn('done_by_id', 'integer', column => column.references('members.id'))
    .addColumn('at', 'bigint', column => column.notNull())
    .addColumn('room', 'text', column => column.notNull())
    .addColumn('path', 'text', column => column.notNull())
    .addColumn('member_id', 'integer', column => column.references('members.id'))
    .addColumn('message', 'text', column => column.notNull())
    .addColumn('changes', 'text')
    .addColumn('undone_at', 'bigint')
    .addColumn('undone_by_id', 'integer', column => column.references('members.id'))
    .execute()
  await db.schema.createIndex('admin_log_room').on('admin_log').columns(['room', 'id']).execute()
  await db.schema.createIndex('admin_log_by').on('admin_log').columns(['done_by_id', 'id']).execute()
  await db.schema.createIndex('admin_log_member').on('admin_log').columns(['member_id', 'id']).execute()
  await db.schema.createIndex('admin_log_undone_by').on('admin_log').column('undone_by_id').execute()
  await db.schema
    .createTable('busy_days')
    .addColumn('day', 'bigint', column => column.primaryKey())
    .addColumn('posts', 'integer', column => column.notNull())
    .addColumn('topics', 'integer', column => column.notNull())
    .addColumn('members', 'integer', column => column.notNull())
    .execute()
}
