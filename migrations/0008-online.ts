import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** Who is online: found by when they were seen, unless they hide it, and the revision of what was last told of it. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('members')
    .addColumn('hide_online', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('members_last_seen').on('members').column('last_seen_at').execute()
  await db.schema
    .alterTable('revisions')
    .addColumn('online', 'bigint', column => column.notNull().defaultTo(1))
    .execute()
  await db.schema
    .alterTable('revisions')
    .addColumn('online_key', 'text', column => column.notNull().defaultTo(''))
    .execute()
}
