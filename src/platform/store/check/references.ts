import { sql } from 'kysely'
import { kindOf } from '../dialect.ts'
import type { Db } from '../transaction.ts'

/** A column whose values must stand in a column of another table, or of the same one. */
export interface Reference {
  readonly table: string
  readonly column: string
  readonly target: string
  readonly targetColumn: string
  /** What the database calls it; SQLite has no names for them. */
  readonly name: string
  /** As PostgreSQL takes it in `add constraint`. */
  readonly definition: string
}

/** Rows that point at something that is not there. */
export interface BrokenReference {
  readonly reference: Reference
  readonly rows: number
  /** One of the values that are nowhere. */
  readonly example: unknown
}

/** Every reference that the tables declare. */
export async function referencesOf(db: Db): Promise<Reference[]> {
  const query = kindOf(db) === 'postgres' ? declaredOnPostgres : declaredOnSqlite
  return (await query.execute(db)).rows
}

/** Those of the references that some rows break; asks the tables, whatever the database believes. */
export async function brokenReferences(db: Db, references: readonly Reference[]): Promise<BrokenReference[]> {
  const broken: BrokenReference[] = []
  for (const reference of references) {
    const { rows, example } = await orphansOf(db, reference)
    if (rows > 0) broken.push({ reference, rows, example })
  }
  return broken
}

/** "5 rows of posts: member_id is nowhere in members (such as 12)". */
export function describeBroken({ reference, rows, example }: BrokenReference): string {
  const { table, column, target } = reference
  return `${rows} rows of ${table}: ${column} is nowhere in ${target} (such as ${example})`
}

async function orphansOf(db: Db, { table, column, target, targetColumn }: Reference) {
  const value = sql.ref(`child.${column}`)
  const query = sql<{ rows: number; example: unknown }>`
    select count(*) as "rows", min(${value}) as "example" from ${sql.table(table)} as child
    where ${value} is not null and not exists
      (select 1 from ${sql.table(target)} as parent where ${sql.ref(`parent.${targetColumn}`)} = ${value})`
  const { rows } = await query.execute(db)
  return rows[0] ?? { rows: 0, example: null }
}

const declaredOnSqlite = sql<Reference>`
  select m.name as "table", f."from" as "column", f."table" as "target", f."to" as "targetColumn",
    '' as "name", '' as "definition"
  from sqlite_master as m, pragma_foreign_key_list(m.name) as f
  where m.type = 'table' order by m.name, f.id`

const declaredOnPostgres = sql<Reference>`
  select t.relname as "table", a.attname as "column", r.relname as "target", b.attname as "targetColumn",
    k.conname as "name", pg_get_constraintdef(k.oid) as "definition"
  from pg_constraint as k
  join pg_namespace as n on n.oid = k.connamespace
  join pg_class as t on t.oid = k.conrelid
  join pg_class as r on r.oid = k.confrelid
  join pg_attribute as a on a.attrelid = t.oid and a.attnum = k.conkey[1]
  join pg_attribute as b on b.attrelid = r.oid and b.attnum = k.confkey[1]
  where k.contype = 'f' and n.nspname = current_schema() order by t.relname, k.conname`
