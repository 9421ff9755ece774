import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What the forum does by itself with posts that administrators described, and what it did. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('rules')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('action', 'text', column => column.notNull())
    .addColumn('writers', 'text', column => column.notNull())
    .addColumn('forums', 'text', column => column.notNull())
    .addColumn('conditions', 'text', column => column.notNull())
    .addColumn('on_at', 'bigint')
    .addColumn('on_by_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('rules_on_by').on('rules').column('on_by_id').execute()
  await db.schema
    .createTable('rule_hits')
    .$call(identity(db))
    .addColumn('rule_id', 'integer', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('action', 'text', column => column.notNull())
    .addColumn('post_id', 'integer', column => column.notNull().references('posts.id').onDelete('cascade'))
    .addColumn('edit', 'integer', column => column.notNull())
    .addColumn('at', 'bigint', column => column.notNull())
    .addColumn('done_at', 'bigint')
    .execute()
  await db.schema.createIndex('rule_hits_post').on('rule_hits').column('post_id').execute()
  await db.schema.createIndex('rule_hits_rule').on('rule_hits').columns(['rule_id', 'at']).execute()
  await db.schema.alterTable('moderation_log').addColumn('rule_id', 'integer').execute()
}
