import type { Kysely } from 'kysely'
import { identity } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** What pages elsewhere say of themselves, to be shown in the place of links to them. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('link_cards')
    .$call(identity(db))
    .addColumn('url', 'text', column => column.notNull().unique())
    .addColumn('title', 'text')
    .addColumn('site', 'text')
    .addColumn('author', 'text')
    .addColumn('description', 'text')
    .addColumn('picture', 'text')
    .addColumn('picture_width', 'integer')
    .addColumn('picture_height', 'integer')
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('fetched_at', 'bigint')
    .addColumn('due_at', 'bigint')
    .addColumn('failures', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('link_cards_due').on('link_cards').column('due_at').execute()
  await db.schema.createIndex('link_cards_picture').on('link_cards').column('picture').execute()
  await db.schema
    .createTable('link_card_uses')
    .addColumn('card_id', 'integer', column => column.notNull().references('link_cards.id').onDelete('cascade'))
    .addColumn('post_id', 'integer', column => column.notNull().references('posts.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('link_card_uses_pkey', ['card_id', 'post_id'])
    .execute()
  await db.schema.createIndex('link_card_uses_post').on('link_card_uses').column('post_id').execute()
}
