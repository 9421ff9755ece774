import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** Texts that are saved while they are typed: one for each place at which a member writes. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('drafts').addColumn('place', 'text').execute()
  await db.schema.createIndex('drafts_place').unique().on('drafts').columns(['member_id', 'place']).execute()
}
