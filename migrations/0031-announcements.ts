import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What stands above pages for a while, who put it away, and who was mailed that something was reported. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createAnnouncements(db)
  await db.schema
    .createTable('announcement_forums')
    .addColumn('announcement_id', 'integer', column =>
      column.notNull().references('announcements.id').onDelete('cascade'),
    )
    .addColumn('forum_id', 'integer', column => column.notNull().references('forums.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('announcement_forums_key', ['announcement_id', 'forum_id'])
    .execute()
  await db.schema.createIndex('announcement_forums_forum').on('announcement_forums').column('forum_id').execute()
  await db.schema
    .createTable('announcement_dismissals')
    .addColumn('announcement_id', 'integer', column =>
      column.notNull().references('announcements.id').onDelete('cascade'),
    )
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('announcement_dismissals_key', ['announcement_id', 'member_id'])
    .execute()
  await db.schema
    .createIndex('announcement_dismissals_member')
    .on('announcement_dismissals')
    .column('member_id')
    .execute()
  await db.schema
    .createTable('report_alerts')
    .addColumn('member_id', 'integer', column => column.primaryKey().references('members.id').onDelete('cascade'))
    .addColumn('wanted', 'integer', column => column.notNull().defaultTo(1))
    .addColumn('mailed_at', 'bigint')
    .execute()
}

async function createAnnouncements(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('announcements')
    .$call(identity(db))
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('body', 'text', column => column.notNull())
    .addColumn('html', 'text', column => column.notNull())
    .addColumn('audience', 'text', column => column.notNull())
    .addColumn('group_id', 'integer', column => column.references('groups.id').onDelete('cascade'))
    .addColumn('site_wide', 'integer', column => column.notNull())
    .addColumn('dismissible', 'integer', column => column.notNull())
    .addColumn('starts_at', 'bigint', column => column.notNull())
    .addColumn('ends_at', 'bigint')
    .addColumn('shown', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('created_by_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('changed_at', 'bigint', column => column.notNull())
    .addColumn('deleted_at', 'bigint')
    .addColumn('before', 'text')
    .execute()
  for (const column of ['group_id', 'created_by_id', 'deleted_at'] as const)
    await db.schema.createIndex(`announcements_${column}`).on('announcements').column(column).execute()
}
