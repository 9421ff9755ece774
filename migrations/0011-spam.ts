import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Who may register, what keeps programs out, and what that stopped. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createChecks(db)
  await createInvitations(db)
  await createRefusedAccounts(db)
  await db.schema.alterTable('claims').addColumn('suspect', 'text').execute()
  await closeWhatWasClosed(db)
}

async function createChecks(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('spam_stops')
    .addColumn('check', 'text', column => column.notNull())
    .addColumn('day', 'integer', column => column.notNull())
    .addColumn('stopped', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('spam_stops_pkey', ['check', 'day'])
    .execute()
  await db.schema
    .createTable('questions')
    .$call(identity(db))
    .addColumn('question', 'text', column => column.notNull())
    .addColumn('answers', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createTable('blocks')
    .$call(identity(db))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('pattern', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addUniqueConstraint('blocks_pattern', ['kind', 'pattern'])
    .execute()
  await db.schema
    .createTable('spent_proofs')
    .addColumn('hash', 'text', column => column.primaryKey())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('spent_proofs_expiry').on('spent_proofs').column('expires_at').execute()
}

async function createInvitations(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('invitations')
    .$call(identity(db))
    .addColumn('hash', 'text', column => column.notNull().unique())
    .addColumn('note', 'text', column => column.notNull())
    .addColumn('most_uses', 'integer')
    .addColumn('uses', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('expires_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('created_by_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .execute()
  await db.schema
    .alterTable('members')
    .addColumn('invitation_id', 'integer', column => column.references('invitations.id'))
    .execute()
  await db.schema.createIndex('members_invitation').on('members').column('invitation_id').execute()
}

async function createRefusedAccounts(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('members').addColumn('pending_address', 'text').execute()
  await db.schema
    .createTable('refused_accounts')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('email', 'text', column => column.notNull())
    .addColumn('locale', 'text')
    .addColumn('reason', 'text', column => column.notNull())
    .addColumn('refused_at', 'bigint', column => column.notNull())
    .execute()
}

/** Whether anybody may register was a switch. */
async function closeWhatWasClosed(db: Kysely<Tables>): Promise<void> {
  const stored = await db
    .deleteFrom('settings')
    .where('key', '=', 'registration_open')
    .returning('value')
    .executeTakeFirst()
  if (stored?.value !== 'false') return
  await db
    .insertInto('settings')
    .values({ key: 'registration', value: JSON.stringify('closed') })
    .execute()
}
