import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Members, and how a browser proves to be one. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createMembers(db)
  await createProofs(db)
}

async function createMembers(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('members')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('name_key', 'text', column => column.notNull().unique())
    .addColumn('email', 'text', column => column.notNull())
    .addColumn('email_key', 'text', column => column.notNull().unique())
    .addColumn('password_hash', 'text', column => column.notNull())
    .addColumn('group_id', 'integer', column => column.notNull().references('groups.id'))
    .addColumn('joined_at', 'bigint', column => column.notNull())
    .addColumn('last_seen_at', 'bigint')
    .addColumn('post_count', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('locale', 'text')
    .addColumn('time_zone', 'text')
    .addColumn('theme', 'text')
    .addColumn('read_all_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('members_group').on('members').column('group_id').execute()
  await db.schema.createIndex('members_joined').on('members').column('joined_at').execute()
}

async function createProofs(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('cascade'))
    .addColumn('data', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('touched_at', 'bigint', column => column.notNull())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('sessions_member').on('sessions').column('member_id').execute()
  await db.schema.createIndex('sessions_expires').on('sessions').column('expires_at').execute()
  await db.schema
    .createTable('remember_tokens')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('series_hash', 'text', column => column.notNull().unique())
    .addColumn('token_hash', 'text', column => column.notNull())
    .addColumn('previous_hash', 'text')
    .addColumn('rotated_at', 'bigint', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('remember_tokens_expires').on('remember_tokens').column('expires_at').execute()
  await db.schema.createIndex('remember_tokens_member').on('remember_tokens').column('member_id').execute()
  await db.schema
    .createTable('known_browsers')
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('token_hash', 'text', column => column.notNull())
    .addColumn('used_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('known_browsers_pkey', ['member_id', 'token_hash'])
    .execute()
  await db.schema
    .createTable('one_time_secrets')
    .addColumn('hash', 'text', column => column.primaryKey())
    .addColumn('purpose', 'text', column => column.notNull())
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .execute()
}
