import { type Kysely, sql } from 'kysely'
import type { Reference } from '../check/references.ts'
import { kindOf } from '../dialect.ts'
import type { Db } from '../transaction.ts'

/** A table as the database has it, which need not be what this version of the code expects. */
export interface TableShape {
  readonly name: string
  readonly columns: readonly string[]
}

type AnyTables = Record<string, Record<string, unknown>>

/** For tables that are only known by their names. */
export function anyTables(db: Db): Kysely<AnyTables> {
  return db as unknown as Kysely<AnyTables>
}

/** All tables of the forum, without the database's own and those of other schemas. */
export async function tableShapes(db: Db): Promise<TableShape[]> {
  const schema = await schemaOf(db)
  const tables = await db.introspection.getTables()
  return tables
    .filter(table => !table.isView && table.schema === schema)
    .map(({ name, columns }) => ({ name, columns: columns.map(column => column.name) }))
}

async function schemaOf(db: Db): Promise<string | undefined> {
  if (kindOf(db) === 'sqlite') return undefined
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db)
  return rows[0]?.schema
}

/** What is pointed at before what points at it, as far as that goes: some tables point at each other. */
export function loadingOrder<T extends { readonly name: string }>(
  tables: readonly T[],
  references: readonly Pick<Reference, 'table' | 'target'>[],
): T[] {
  const targets = Map.groupBy(references, ({ table }) => table)
  const ordered = new Set<T>()
  const begun = new Set<string>()
  const place = (table: T) => {
    if (begun.has(table.name)) return
    begun.add(table.name)
    for (const { target } of targets.get(table.name) ?? []) {
      const before = tables.find(({ name }) => name === target)
      if (before) place(before)
    }
    ordered.add(table)
  }
  for (const table of tables) place(table)
  return [...ordered]
}
