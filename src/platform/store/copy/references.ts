import { sql } from 'kysely'
import { brokenReferences, describeBroken, type Reference } from '../check/references.ts'
import { kindOf } from '../dialect.ts'
import type { Tx } from '../transaction.ts'

/** Rows point at rows that are nowhere; the message says which. */
export class RowsPointNowhere extends Error {
  override readonly name = 'RowsPointNowhere'
}

/**
 * Inside of `act` rows may point at rows that only come later. Afterwards everything is checked, and holds from then on
 * as it did before. Throws RowsPointNowhere.
 */
export async function withReferencesAside(tx: Tx, references: readonly Reference[], act: () => Promise<void>) {
  await setAside(tx, references)
  await act()
  const broken = await brokenReferences(tx, references)
  if (broken.length > 0) throw new RowsPointNowhere(broken.map(describeBroken).join('; '))
  await putBack(tx, references)
}

async function setAside(tx: Tx, references: readonly Reference[]): Promise<void> {
  if (kindOf(tx) === 'sqlite') {
    await sql`pragma defer_foreign_keys = on`.execute(tx)
    return
  }
  // Made anew they are checked in one go; deferred, PostgreSQL would remember every single row until the end.
  for (const { table, name } of references) {
    await sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)}`.execute(tx)
  }
}

async function putBack(tx: Tx, references: readonly Reference[]): Promise<void> {
  if (kindOf(tx) === 'sqlite') return
  for (const { table, name, definition } of references) {
    await sql`alter table ${sql.table(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(tx)
  }
}
