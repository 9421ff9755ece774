import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** Why a program may have sent a post that waits with its author's account: it waits on for that when the account is proven. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('posts').addColumn('suspect', 'text').execute()
}
