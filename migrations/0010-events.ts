import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What happened and is still to be answered, and who wants to hear of replies. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('events')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('payload', 'text', column => column.notNull())
    .addColumn('due_at', 'bigint', column => column.notNull())
    .addColumn('attempts', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('error', 'text')
    .addColumn('failed_at', 'bigint')
    .execute()
  await db.schema
    .createTable('follows')
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('topic_id', 'integer', column => column.notNull().references('topics.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('mailed_at', 'bigint')
    .addPrimaryKeyConstraint('follows_pkey', ['member_id', 'topic_id'])
    .execute()
  await db.schema.createIndex('follows_topic').on('follows').column('topic_id').execute()
}
