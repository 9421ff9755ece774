import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What holds members back: bans, restrictions and warnings, and what moderators note about them. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createSanctions(db)
  await createWarningRules(db)
  await createNotes(db)
  await db.schema.alterTable('members').addColumn('sanctioned_at', 'bigint').execute()
  await db.schema
    .alterTable('blocks')
    .addColumn('bans', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('blocks').addColumn('ends_at', 'bigint').execute()
  await db.schema.alterTable('blocks').addColumn('reason', 'text').execute()
}

async function createSanctions(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('sanctions')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('imposed_by_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('ends_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('points', 'integer', column => column.notNull().defaultTo(0))
    .addColumn('title', 'text')
    .addColumn('acknowledged_at', 'bigint')
    .addColumn('answer', 'text')
    .addColumn('answered_at', 'bigint')
    .addColumn('cause_id', 'integer', column => column.references('sanctions.id').onDelete('cascade'))
    .execute()
  await db.schema.createIndex('sanctions_member').on('sanctions').columns(['member_id', 'id']).execute()
  await db.schema.createIndex('sanctions_cause').on('sanctions').column('cause_id').execute()
  await db.schema.createIndex('sanctions_standing').on('sanctions').columns(['kind', 'ended_at', 'id']).execute()
}

async function createWarningRules(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('warning_reasons')
    .$call(identity(db))
    .addColumn('title', 'text', column => column.notNull())
    .addColumn('points', 'integer', column => column.notNull())
    .addColumn('days', 'integer')
    .execute()
  await db.schema
    .createTable('warning_steps')
    .$call(identity(db))
    .addColumn('points', 'integer', column => column.notNull().unique())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('days', 'integer')
    .execute()
  const reasons = [
    { title: 'Spam or advertising', points: 3, days: 90 },
    { title: 'Insulting others', points: 2, days: 60 },
    { title: 'Off topic again and again', points: 1, days: 30 },
    { title: 'Something else', points: 1, days: 30 },
  ]
  await db.insertInto('warning_reasons').values(reasons).execute()
  const steps = [
    { points: 3, kind: 'approval' as const, days: 7 },
    { points: 5, kind: 'no_posting' as const, days: 7 },
    { points: 8, kind: 'ban' as const, days: 30 },
  ]
  await db.insertInto('warning_steps').values(steps).execute()
}

async function createNotes(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('member_notes')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('written_by_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('member_notes_member').on('member_notes').columns(['member_id', 'id']).execute()
}
