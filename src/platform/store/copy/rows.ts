import { sql } from 'kysely'
import { kindOf } from '../dialect.ts'
import type { Tx } from '../transaction.ts'
import { anyTables, type TableShape } from './tables.ts'

/** The values of a row in the order of its table's columns. */
export type Row = readonly unknown[]

/** Few enough that they fit in memory with the longest posts, and in one statement with the most columns. */
const rowsAtOnce = 200

/** Every row of a table, in portions and in no order; nothing else may go through this `tx` until the last one. */
export async function* rowsOf(tx: Tx, { name, columns }: TableShape): AsyncGenerator<Row[]> {
  const portions = kindOf(tx) === 'postgres' ? byCursor(tx, name, columns) : byStepping(tx, name, columns)
  for await (const records of portions) yield records.map(record => columns.map(column => record[column]))
}

export async function countRows(tx: Tx, { name }: TableShape): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function insertRows(tx: Tx, { name, columns }: TableShape, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const records = rows.slice(from, from + rowsAtOnce).map(row => recordOf(columns, row))
    await anyTables(tx).insertInto(name).values(records).execute()
  }
}

export async function deleteRows(tx: Tx, { name }: TableShape): Promise<void> {
  await anyTables(tx).deleteFrom(name).execute()
}

function recordOf(columns: readonly string[], row: Row): Record<string, unknown> {
  return Object.fromEntries(columns.map((column, at) => [column, row[at]]))
}

type Records = Record<string, unknown>[]

async function* byStepping(tx: Tx, name: string, columns: readonly string[]): AsyncGenerator<Records> {
  let portion: Records = []
  for await (const record of anyTables(tx).selectFrom(name).select(columns).stream()) {
    portion.push(record)
    if (portion.length < rowsAtOnce) continue
    yield portion
    portion = []
  }
  if (portion.length > 0) yield portion
}

async function* byCursor(tx: Tx, name: string, columns: readonly string[]): AsyncGenerator<Records> {
  const cursor = sql.id(`rows_of_${name}`)
  const all = columns.map(column => sql.ref(column))
  await sql`declare ${cursor} no scroll cursor for select ${sql.join(all)} from ${sql.table(name)}`.execute(tx)
  for (;;) {
    const { rows } = await sql<Records[number]>`fetch ${sql.lit(rowsAtOnce)} from ${cursor}`.execute(tx)
    if (rows.length === 0) break
    yield rows
  }
  await sql`close ${cursor}`.execute(tx)
}
