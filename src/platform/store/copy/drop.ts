import { sql } from 'kysely'
import { referencesOf } from '../check/references.ts'
import { kindOf } from '../dialect.ts'
import type { Tx } from '../transaction.ts'
import { deleteRows } from './rows.ts'
import { loadingOrder, tableShapes } from './tables.ts'

const ownTables = ['kysely_migration', 'kysely_migration_lock']

/** Leaves the database without a table, and without a trace of migrations, once this transaction commits. */
export async function dropTables(tx: Tx): Promise<void> {
  const shapes = loadingOrder(await tableShapes(tx), await referencesOf(tx)).toReversed()
  const names = [...shapes.map(({ name }) => name), ...ownTables]
  if (kindOf(tx) === 'postgres') {
    // Somebody else's transaction may hold a table for ever.
    await sql`set local lock_timeout = '30s'`.execute(tx)
    await sql`drop table if exists ${sql.join(names.map(name => sql.table(name)))} cascade`.execute(tx)
    return
  }
  // SQLite drops no table to which rows of another one point, and none whose own rows point at one that is gone.
  await sql`pragma defer_foreign_keys = on`.execute(tx)
  for (const shape of shapes) await deleteRows(tx, shape)
  for (const name of names) await sql`drop table if exists ${sql.table(name)}`.execute(tx)
}
