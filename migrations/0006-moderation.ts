import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Who moderates where, and what was done. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('moderators')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('cascade'))
    .addColumn('group_id', 'integer', column => column.references('groups.id').onDelete('cascade'))
    .addColumn('forum_id', 'integer', column => column.notNull())
    .addColumn('acts', 'text', column => column.notNull())
    .execute()
  await db.schema
    .createTable('moderation_log')
    .$call(identity(db))
    .addColumn('batch', 'text', column => column.notNull())
    .addColumn('act', 'text', column => column.notNull())
    .addColumn('target_kind', 'text', column => column.notNull())
    .addColumn('target_id', 'integer', column => column.notNull())
    .addColumn('topic_id', 'integer')
    .addColumn('forum_id', 'integer', column => column.notNull())
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id'))
    .addColumn('at', 'bigint', column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('details', 'text', column => column.notNull())
    .addColumn('undone_at', 'bigint')
    .addColumn('undone_by_id', 'integer', column => column.references('members.id'))
    .execute()
  await db.schema.createIndex('moderation_log_batch').on('moderation_log').column('batch').execute()
  await db.schema
    .createIndex('moderation_log_target')
    .on('moderation_log')
    .columns(['target_kind', 'target_id', 'id'])
    .execute()
  await db.schema.createIndex('moderation_log_forum').on('moderation_log').columns(['forum_id', 'id']).execute()
  await db.schema.createIndex('moderation_log_topic').on('moderation_log').columns(['topic_id', 'id']).execute()
  await createListIndexes(db)
  const moderators = await db
    .selectFrom('groups')
    .select('id')
    .where('name_key', '=', 'moderators')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('moderators')
    .values({ member_id: null, group_id: moderators.id, forum_id: 0, acts: '["*"]' })
    .execute()
}

/** For the staff's lists of what is out of sight. */
async function createListIndexes(db: Kysely<Tables>): Promise<void> {
  for (const table of ['topics', 'posts'] as const)
    for (const column of ['hidden_at', 'deleted_at'] as const)
      await db.schema
        .createIndex(`${table}_${column.replace('_at', '')}`)
        .on(table)
        .column(column)
        .where(column, 'is not', null)
        .execute()
}
