import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What an account has proven, what it waits for, where it is signed in, and which addresses get no mail. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await addToMembers(db)
  await addToProofs(db)
  await addToClaims(db)
  await createEmailChanges(db)
  await createMailStops(db)
}

async function addToMembers(db: Kysely<Tables>): Promise<void> {
  const times = [
    'email_verified_at',
    'email_demanded_at',
    'pending_at',
    'terms_accepted_at',
    'leaving_at',
    'deleted_at',
  ]
  for (const name of times) await db.schema.alterTable('members').addColumn(name, 'bigint').execute()
  for (const name of ['pending_reason', 'leaving_posts'])
    await db.schema.alterTable('members').addColumn(name, 'text').execute()
  await db.schema.alterTable('members').addColumn('terms_version', 'integer').execute()
  await db.schema.createIndex('members_pending').on('members').column('pending_at').execute()
  await db.schema.createIndex('members_leaving').on('members').column('leaving_at').execute()
  // Nobody was asked before; those who are here already have nothing to prove.
  await db
    .updateTable('members')
    .set({ email_verified_at: eb => eb.ref('joined_at') })
    .execute()
}

async function addToProofs(db: Kysely<Tables>): Promise<void> {
  for (const table of ['sessions', 'remember_tokens'] as const) {
    await db.schema.alterTable(table).addColumn('device', 'text').execute()
    await db.schema.alterTable(table).addColumn('address', 'text').execute()
  }
  await db.schema.alterTable('sessions').addColumn('series_id', 'integer').execute()
  await db.schema.alterTable('one_time_secrets').addColumn('about', 'text').execute()
  await db.schema
    .createIndex('one_time_secrets_member')
    .on('one_time_secrets')
    .columns(['member_id', 'purpose'])
    .execute()
}

async function addToClaims(db: Kysely<Tables>): Promise<void> {
  for (const name of ['email', 'email_key']) await db.schema.alterTable('claims').addColumn(name, 'text').execute()
  for (const name of ['mailed_at', 'reminded_at'])
    await db.schema.alterTable('claims').addColumn(name, 'bigint').execute()
  await db.schema.alterTable('claim_secrets').addColumn('email_key', 'text').execute()
  await db.schema.createIndex('claims_email').on('claims').column('email_key').execute()
}

async function createEmailChanges(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('email_changes')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('old_email', 'text', column => column.notNull())
    .addColumn('new_email', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('confirmed_at', 'bigint')
    .addColumn('reverted_at', 'bigint')
    .execute()
  await db.schema.createIndex('email_changes_member').on('email_changes').column('member_id').execute()
}

async function createMailStops(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('mail_stops')
    .addColumn('email_key', 'text', column => column.notNull())
    .addColumn('scope', 'text', column => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('mail_stops_pkey', ['email_key', 'scope'])
    .execute()
}
