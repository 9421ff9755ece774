import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What guests wrote and nobody has taken yet, and what members have not sent. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('claims')
    .$call(identity(db))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('forum_id', 'integer', column => column.notNull())
    .addColumn('topic_id', 'integer')
    .addColumn('post_id', 'integer')
    .addColumn('title', 'text')
    .addColumn('body', 'text', column => column.notNull())
    .addColumn('format', 'text', column => column.notNull())
    .addColumn('html', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('fingerprint', 'text', column => column.notNull())
    .addColumn('address', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .addColumn('taken_at', 'bigint')
    .addColumn('taken_by_id', 'integer', column => column.references('members.id').onDelete('cascade'))
    .execute()
  await db.schema.createIndex('claims_expires').on('claims').column('expires_at').execute()
  await db.schema.createIndex('claims_address').on('claims').columns(['address', 'created_at']).execute()
  await db.schema
    .createTable('claim_secrets')
    .addColumn('hash', 'text', column => column.primaryKey())
    .addColumn('claim_id', 'integer', column => column.notNull().references('claims.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('claim_secrets_claim').on('claim_secrets').column('claim_id').execute()
  await db.schema
    .createTable('drafts')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('forum_id', 'integer')
    .addColumn('topic_id', 'integer')
    .addColumn('title', 'text')
    .addColumn('body', 'text', column => column.notNull())
    .addColumn('format', 'text', column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('drafts_member').on('drafts').columns(['member_id', 'id']).execute()
}
