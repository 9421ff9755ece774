import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** What forums are for, how they look, and what they ask of those who come. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const name of ['asks', 'clicks', 'prefix_required']) {
    await db.schema
      .alterTable('forums')
      .addColumn(name, 'integer', column => column.notNull().defaultTo(0))
      .execute()
  }
  for (const name of ['icon', 'leads_to', 'topic_order', 'approval', 'password_hash']) {
    await db.schema.alterTable('forums').addColumn(name, 'text').execute()
  }
  for (const name of ['rules', 'rules_html']) {
    await db.schema
      .alterTable('forums')
      .addColumn(name, 'text', column => column.notNull().defaultTo(''))
      .execute()
  }
}
