import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Files that members upload, which posts show them, and what each group may upload. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createAttachments(db)
  await createUses(db)
  await limitGroups(db)
}

async function createAttachments(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('attachments')
    .$call(identity(db))
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('type', 'text', column => column.notNull())
    .addColumn('bytes', 'bigint', column => column.notNull())
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('file', 'text', column => column.notNull())
    .addColumn('display', 'text')
    .addColumn('thumb', 'text')
    .addColumn('source_url', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  for (const column of ['member_id', 'file', 'display', 'thumb', 'source_url', 'created_at'] as const)
    await db.schema.createIndex(`attachments_${column}`).on('attachments').column(column).execute()
}

async function createUses(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('attachment_uses')
    .addColumn('attachment_id', 'integer', column => column.notNull().references('attachments.id').onDelete('cascade'))
    .addColumn('post_id', 'integer', column => column.notNull().references('posts.id').onDelete('cascade'))
    .addColumn('shown', 'integer', column => column.notNull())
    .addPrimaryKeyConstraint('attachment_uses_pkey', ['attachment_id', 'post_id'])
    .execute()
  await db.schema.createIndex('attachment_uses_post').on('attachment_uses').column('post_id').execute()
}

const mebibyte = 1024 * 1024

async function limitGroups(db: Kysely<Tables>): Promise<void> {
  const groups = db.schema.alterTable('groups')
  await groups.addColumn('upload_kinds', 'text', column => column.notNull().defaultTo('files')).execute()
  await groups.addColumn('upload_file_bytes', 'bigint', column => column.notNull().defaultTo(8 * mebibyte)).execute()
  await groups.addColumn('upload_total_bytes', 'bigint', column => column.notNull().defaultTo(500 * mebibyte)).execute()
  await groups.addColumn('upload_post_count', 'integer', column => column.notNull().defaultTo(20)).execute()
  await db.updateTable('groups').set({ upload_kinds: 'none' }).where('kind', '=', 'guests').execute()
}
