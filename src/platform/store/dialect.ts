import { hostname } from 'node:os'
import {
  type CreateTableBuilder,
  type Expression,
  type Kysely,
  PostgresAdapter,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import { currentHurry, longHurryMs } from './hurry.ts'
import type { Tables } from './tables.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

type Db = Kysely<Tables>

/** Which database this is. Outside this folder nobody should need to ask. */
export function kindOf(db: Db): DatabaseKind {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'
}

/** Whether whoever asks may have to be told that no answer comes: SQLite knows by itself when it has waited for too long. */
export function mayHang(db: Db): boolean {
  return kindOf(db) === 'postgres'
}

/** For `$call` in a migration: an integer primary key `id` that counts up and never gives a number out twice. */
export function identity(db: Db) {
  const postgres = kindOf(db) === 'postgres'
  return <T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C | 'id'> =>
    table.addColumn('id', 'integer', column =>
      postgres ? column.generatedByDefaultAsIdentity().primaryKey() : column.primaryKey().autoIncrement(),
    )
}

type TablesWithId = { [T in keyof Tables]: Tables[T] extends { id: unknown } ? T : never }[keyof Tables]

/** After rows were written with ids of our own choice: the next id follows the highest. SQLite does that by itself. */
export async function advanceIdentity(db: Db, ...tables: TablesWithId[]): Promise<void> {
  if (kindOf(db) === 'sqlite') return
  for (const table of tables) {
    const sequence = sql`pg_get_serial_sequence(${table}, 'id')`
    const highest = sql`(select coalesce(max(id), 0) + 1 from ${sql.table(table)})`
    await sql`select setval(${sequence}, ${highest}, false)`.execute(db)
  }
}

type Locking = <D, T extends keyof D, O>(query: SelectQueryBuilder<D, T, O>) => SelectQueryBuilder<D, T, O>

/** For `$call` on a read in a transaction: nobody changes these rows before it ends. SQLite has one writer anyway. */
export function forUpdate(db: Db): Locking {
  return query => (kindOf(db) === 'postgres' ? query.forUpdate() : query)
}

/** Like forUpdate, and passes over rows that another transaction holds. */
export function forUpdateSkipLocked(db: Db): Locking {
  return query => (kindOf(db) === 'postgres' ? query.forUpdate().skipLocked() : query)
}

/** Until this transaction ends, nobody else comes past here with the same name. SQLite has one writer anyway. */
export async function lockName(tx: Kysely<Tables>, name: string): Promise<void> {
  if (kindOf(tx) === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
}

/** This transaction may wait for something else, such as files, for as long as it takes. SQLite never minds. */
export async function mayTakeLong(tx: Kysely<Tables>): Promise<void> {
  if (kindOf(tx) === 'postgres') await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
}

/** This transaction may change thousands of rows while somebody waits: it gets a minute. SQLite never minds. */
export async function mayTakeAMinute(tx: Kysely<Tables>): Promise<void> {
  if (kindOf(tx) !== 'postgres' || !currentHurry()) return
  await sql`set local statement_timeout = ${sql.lit(longHurryMs)}`.execute(tx)
  currentHurry()?.extendTo(longHurryMs)
}

/** `column` holds `text` as it stands, whatever its case (beyond ASCII: on PostgreSQL only). */
export function contains(db: Db, column: Expression<string | null>, text: string): Expression<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const like = kindOf(db) === 'postgres' ? sql`ilike` : sql`like`
  return sql<SqlBool>`${column} ${like} ${pattern} escape '\\'`
}

/** `column`, which is not null and has an index made by `indexBeginnings`, begins with `text` as it stands. */
export function beginsWith(db: Db, column: Expression<string>, text: string): Expression<SqlBool> {
  if (kindOf(db) === 'postgres')
    return sql<SqlBool>`${column} like ${`${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`
  return sql<SqlBool>`(${column} >= ${text} and ${column} < ${`${text}\u{10FFFF}`})`
}

/** Makes the index that `beginsWith` needs. SQLite compares byte by byte, so any unique column has one. */
export async function indexBeginnings(db: Kysely<Tables>, table: string, column: string): Promise<void> {
  if (kindOf(db) !== 'postgres') return
  const name = sql.id(`${table}_${column}_beginnings`)
  await sql`create index ${name} on ${sql.table(table)} (${sql.ref(column)} text_pattern_ops)`.execute(db)
}

/** Lets the database count what its tables hold, so that it chooses good plans; after an import, a seed, a migration. */
export async function refreshStatistics(db: Db): Promise<void> {
  await sql`analyze`.execute(db)
}

/** As what this process is known to PostgreSQL, whichever of its connections it uses. */
export const processName = `stoa ${hostname().slice(0, 40)} ${process.pid}`

/** How many other processes of ours are connected to this database; SQLite does not know. */
export async function otherProcesses(db: Db): Promise<number> {
  if (kindOf(db) === 'sqlite') return 0
  const { rows } = await sql<{ others: number }>`
    select count(distinct application_name) as others from pg_stat_activity
    where datname = current_database() and application_name like 'stoa %' and application_name <> ${processName}
  `.execute(db)
  return Number(rows[0]?.others ?? 0)
}
