import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** The pages of the community's own text with all they ever said, and what people wrote to the administrators. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await createPages(db)
  await createMessages(db)
}

async function createPages(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('pages')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('off_at', 'bigint')
    .execute()
  await db.schema
    .createTable('page_versions')
    .addColumn('name', 'text', column => column.notNull().references('pages.name').onDelete('cascade'))
    .addColumn('version', 'integer', column => column.notNull())
    .addColumn('body', 'text', column => column.notNull())
    .addColumn('html', 'text', column => column.notNull())
    .addColumn('asks', 'integer', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addPrimaryKeyConstraint('page_versions_pkey', ['name', 'version'])
    .execute()
}

async function createMessages(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('contact_messages')
    .$call(identity(db))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('email', 'text', column => column.notNull())
    .addColumn('subject', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addColumn('member_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .addColumn('address', 'text')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('suspect_at', 'bigint')
    .addColumn('handled_at', 'bigint')
    .addColumn('handled_by_id', 'integer', column => column.references('members.id').onDelete('set null'))
    .execute()
  await db.schema.createIndex('contact_messages_handled').on('contact_messages').column('handled_at').execute()
  await db.schema
    .createIndex('contact_messages_address')
    .on('contact_messages')
    .columns(['address', 'created_at'])
    .execute()
}
