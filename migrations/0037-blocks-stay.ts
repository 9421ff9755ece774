import type { Kysely } from 'kysely'
import type { Tables } from '../src/platform/store/tables.ts'

/** Who may not register is told apart from who is banned for a while: what was blocked before stays so afterwards. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('blocks')
    .addColumn('stays', 'integer', column => column.notNull().defaultTo(1))
    .execute()
  await db.updateTable('blocks').set({ stays: 0 }).where('bans', '=', 1).execute()
}
