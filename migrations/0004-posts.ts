import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Posts and everything that hangs on one. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createPosts(db)
  await createEdits(db)
  await createCompanions(db)
}

async function createPosts(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('posts')
    .$call(identity(db))
    .addColumn('topic_id', 'integer', column => column.notNull().references('topics.id'))
    .addColumn('member_id', 'integer', column => column.references('members.id'))
    .addColumn('guest_name', 'text')
    .addColumn('position', 'integer')
    .addColumn('place', 'integer', column => column.notNull())
    .addColumn('html', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('content_version', 'integer', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('address', 'text')
    .addColumn('hidden_at', 'bigint')
    .addColumn('deleted_at', 'bigint')
    .addColumn('pending_at', 'bigint')
    .addColumn('pending_reason', 'text')
    .addColumn('edited_at', 'bigint')
    .addColumn('edited_by_id', 'integer', column => column.references('members.id'))
    .addColumn('edit_reason', 'text')
    .addColumn('recommended_at', 'bigint')
    .addColumn('recommended_by_id', 'integer', column => column.references('members.id'))
    .addColumn('recommended_note', 'text')
    .addColumn('erased_at', 'bigint')
    .execute()
  // Not unique on position: shifting a tail would fail half-way.
  await db.schema.createIndex('posts_place').on('posts').columns(['topic_id', 'place', 'id']).execute()
  await db.schema.createIndex('posts_member').on('posts').columns(['member_id', 'id']).execute()
  await db.schema
    .createIndex('posts_pending')
    .on('posts')
    .column('pending_at')
    .where('pending_at', 'is not', null)
    .execute()
  await db.schema
    .createIndex('posts_recommended')
    .on('posts')
    .columns(['topic_id', 'recommended_at'])
    .where('recommended_at', 'is not', null)
    .execute()
}

async function createEdits(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('post_versions')
    .$call(identity(db))
    .addColumn('post_id', 'integer', column => column.notNull().references('posts.id').onDelete('cascade'))
    .addColumn('title', 'text')
    .addColumn('html', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('replaced_at', 'bigint', column => column.notNull())
    .addColumn('replaced_by_id', 'integer', column => column.notNull().references('members.id'))
    .addColumn('reason', 'text')
    .execute()
  await db.schema.createIndex('post_versions_post').on('post_versions').columns(['post_id', 'id']).execute()
  await db.schema
    .createTable('proposed_edits')
    .addColumn('post_id', 'integer', column => column.primaryKey().references('posts.id').onDelete('cascade'))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id'))
    .addColumn('title', 'text')
    .addColumn('html', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('content_version', 'integer', column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('proposed_at', 'bigint', column => column.notNull())
    .addColumn('pending_reason', 'text', column => column.notNull())
    .addColumn('rejected_at', 'bigint')
    .execute()
}

async function createCompanions(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('post_quotes')
    .addColumn('post_id', 'integer', column => column.notNull().references('posts.id').onDelete('cascade'))
    .addColumn('quoted_post_id', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('post_quotes_pkey', ['post_id', 'quoted_post_id'])
    .execute()
  await db.schema.createIndex('post_quotes_quoted').on('post_quotes').column('quoted_post_id').execute()
  await db.schema
    .createTable('submissions')
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('submission', 'text', column => column.notNull())
    .addColumn('post_id', 'integer', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('submissions_pkey', ['member_id', 'submission'])
    .execute()
  await db.schema.createIndex('submissions_created').on('submissions').column('created_at').execute()
}
