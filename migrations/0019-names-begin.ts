import type { Kysely } from 'kysely'
import { indexBeginnings } from '../src/platform/store/dialect.ts'
import type { Tables } from '../src/platform/store/tables.ts'

/** Members are found while somebody types their name. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await indexBeginnings(db, 'members', 'name_key')
}
