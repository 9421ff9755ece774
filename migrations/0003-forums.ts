import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Forums, topics and what was read of them. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createForums(db)
  await createTopics(db)
  await createReads(db)
}

async function createForums(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('forums')
    .$call(identity(db))
    .addColumn('parent_id', 'integer', column => column.references('forums.id'))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('slug', 'text', column => column.notNull())
    .addColumn('description', 'text', column => column.notNull())
    .addColumn('position', 'integer', column => column.notNull())
    .addColumn('guest_posting', 'text')
    .addColumn('topic_count', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('post_count', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('last_post_id', 'integer')
    .addColumn('revision', 'bigint', column => column.notNull().defaultTo(1))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('forums_parent').on('forums').column('parent_id').execute()
}

async function createTopics(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('topics')
    .$call(identity(db))
    .addColumn('forum_id', 'integer', column => column.notNull().references('forums.id'))
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('slug', 'text', column => column.notNull())
    .addColumn('member_id', 'integer', column => column.references('members.id'))
    .addColumn('guest_name', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('first_post_id', 'integer')
    .addColumn('last_post_id', 'integer')
    .addColumn('last_post_at', 'bigint', column => column.notNull())
    .addColumn('post_count', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('views', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('pinned_at', 'bigint')
    .addColumn('locked_at', 'bigint')
    .addColumn('hidden_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addColumn('pending_at', 'bigint')
    .addColumn('pending_reason', 'text')
    .addColumn('revision', 'bigint', column => column.notNull().defaultTo(1))
    .execute()
  await db.schema.createIndex('topics_last_post').on('topics').columns(['forum_id', 'last_post_at', 'id']).execute()
  await db.schema.createIndex('topics_created').on('topics').columns(['forum_id', 'created_at', 'id']).execute()
  await db.schema.createIndex('topics_replies').on('topics').columns(['forum_id', 'post_count', 'id']).execute()
  await db.schema.createIndex('topics_views').on('topics').columns(['forum_id', 'views', 'id']).execute()
  await db.schema.createIndex('topics_member').on('topics').columns(['member_id', 'last_post_at']).execute()
  await db.schema
    .createIndex('topics_pinned')
    .on('topics')
    .columns(['forum_id', 'pinned_at'])
    .where('pinned_at', 'is not', null)
    .execute()
  await db.schema
    .createIndex('topics_pending')
    .on('topics')
    .column('pending_at')
    .where('pending_at', 'is not', null)
    .execute()
}

async function createReads(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('topic_reads')
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('topic_id', 'integer', column => column.notNull().references('topics.id').onDelete('cascade'))
    .addColumn('read_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('topic_reads_pkey', ['member_id', 'topic_id'])
    .execute()
  await db.schema
    .createTable('forum_reads')
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('forum_id', 'integer', column => column.notNull().references('forums.id').onDelete('cascade'))
    .addColumn('read_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('forum_reads_pkey', ['member_id', 'forum_id'])
    .execute()
}
