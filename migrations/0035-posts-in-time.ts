import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** Posts of a day are counted, and those that were erased are found, without reading all of them. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.createIndex('posts_created').on('posts').column('created_at').execute()
  await db.schema
    .createIndex('posts_erased')
    .on('posts')
    .column('erased_at')
    .where('erased_at', 'is not', null)
    .execute()
}
