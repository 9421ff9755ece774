import { type Kysely, sql } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What people report, what moderators say about it and settle, and who wants no mail about that. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createCases(db)
  await createReports(db)
  await createNotes(db)
  await db.schema
    .createTable('report_mail_stops')
    .addColumn('member_id', 'integer', column => column.primaryKey().references('members.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
}

async function createCases(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('report_cases')
    .$call(identity(db))
    .addColumn('post_id', 'integer', column => column.notNull().references('posts.id').onDelete('cascade'))
    .addColumn('opened_at', 'bigint', column => column.notNull())
    .addColumn('assigned_member_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('settled_at', 'bigint')
    .addColumn('settled_by_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('outcome', 'text')
    .addColumn('word', 'text')
    .execute()
  await db.schema
    .createIndex('report_cases_open')
    .on('report_cases')
    .column('post_id')
    .unique()
    .where(sql.ref('settled_at'), 'is', null)
    .execute()
  for (const column of ['post_id', 'settled_at', 'assigned_member_id', 'settled_by_id'] as const)
    await db.schema.createIndex(`report_cases_${column}`).on('report_cases').column(column).execute()
}

async function createReports(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('reports')
    .$call(identity(db))
    .addColumn('case_id', 'integer', column => column.notNull().references('report_cases.id').onDelete('cascade'))
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('address', 'text')
    .addColumn('reason', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('suspect_at', 'bigint')
    .addColumn('notice_id', 'integer')
    .execute()
  for (const column of ['case_id', 'member_id', 'address'] as const)
    await db.schema.createIndex(`reports_${column}`).on('reports').column(column).execute()
}

async function createNotes(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('report_notes')
    .$call(identity(db))
    .addColumn('case_id', 'integer', column => column.notNull().references('report_cases.id').onDelete('cascade'))
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  for (const column of ['case_id', 'member_id'] as const)
    await db.schema.createIndex(`report_notes_${column}`).on('report_notes').column(column).execute()
}
