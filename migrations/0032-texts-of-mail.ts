import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What administrators have mails say, and which mails were sent. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('mail_texts')
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('key', 'text', column => column.notNull())
    .addColumn('locale', 'text', column => column.notNull())
    .addColumn('text', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('mail_texts_pkey', ['kind', 'key', 'locale'])
    .execute()
  await db.schema
    .createTable('sent_mails')
    .$call(identity(db))
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('member_id', 'integer', column => column.references('members.id'))
    .addColumn('at', 'bigint', column => column.notNull())
    .addColumn('outcome', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('sent_mails_at').on('sent_mails').column('at').execute()
  await db.schema.createIndex('sent_mails_member').on('sent_mails').columns(['member_id', 'id']).execute()
}
