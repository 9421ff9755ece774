import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Topics and posts that were merged or split, marks with an end, and links to topics that were moved away. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const [name, type] of [
    ['merged_into_id', 'integer'],
    ['featured_at', 'bigint'],
    ['pinned_until', 'bigint'],
    ['purged_at', 'bigint'],
  ] as const)
    await db.schema.alterTable('topics').addColumn(name, type).execute()
  await db.schema.alterTable('posts').addColumn('merged_into_id', 'integer').execute()
  for (const column of ['merged_into_id', 'pinned_until'] as const)
    await db.schema.createIndex(`topics_${column}`).on('topics').column(column).where(column, 'is not', null).execute()
  await createMoves(db)
  await createLinks(db)
}

async function createMoves(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('moved_posts')
    .addColumn('move', 'text', column => column.notNull())
    .addColumn('post_id', 'integer', column => column.notNull().references('posts.id').onDelete('cascade'))
    .addColumn('nth', 'integer', column => column.notNull())
    .addColumn('behind_id', 'integer')
    .addPrimaryKeyConstraint('moved_posts_pkey', ['move', 'post_id'])
    .execute()
  await db.schema.createIndex('moved_posts_post').on('moved_posts').column('post_id').execute()
}

async function createLinks(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('topic_links')
    .$call(identity(db))
    .addColumn('forum_id', 'integer', column => column.notNull().references('forums.id').onDelete('cascade'))
    .addColumn('topic_id', 'integer', column => column.notNull().references('topics.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('until', 'bigint')
    .execute()
  await db.schema.createIndex('topic_links_forum').on('topic_links').columns(['forum_id', 'id']).execute()
  await db.schema.createIndex('topic_links_topic').on('topic_links').column('topic_id').execute()
}
