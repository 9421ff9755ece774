import { Kysely, sql } from 'kysely'
import type { DatabaseKind } from './dialect.ts'
import { EmptyLists } from './empty-lists.ts'
import { GuardedPostgresDialect } from './postgres/dialect.ts'
import type { PostgresOptions } from './postgres/open.ts'
import { GuardedSqliteDialect } from './sqlite/dialect.ts'
import { openSqlite } from './sqlite/open.ts'
import type { Tables } from './tables.ts'
import type { Db } from './transaction.ts'

/** Which database: the file of an SQLite one, or the address of a PostgreSQL one. */
export type DatabaseConfig = { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string }

export type Store = {
  readonly db: Db
  readonly kind: DatabaseKind
  /** Gives back memory that only saves asking the database again. */
  giveBack(): void
  /** Waits for queries under way; closing twice is no mistake. */
  close(): Promise<void>
}

export type StoreOptions = PostgresOptions & {
  /** Instead of the file: the image of an SQLite database, to work on a copy of it in memory. */
  image?: Buffer
}

/** The database could not be opened; the message is one line for whoever started us. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen'
}

/** Opens the database, and makes the file of an SQLite one. Its tables are `migrate`'s task. Throws CannotOpen. */
export async function openStore(database: Readonly<DatabaseConfig>, options: StoreOptions = {}): Promise<Store> {
  try {
    return database.kind === 'sqlite'
      ? await openFile(options.image ?? database.file)
      : await openServer(database.url, options)
  } catch (error) {
    throw new CannotOpen(`The database cannot be opened: ${reasonOf(error)}`, { cause: error })
  }
}

async function openFile(file: string | Buffer): Promise<Store> {
  const database = openSqlite(file)
  const dialect = new GuardedSqliteDialect(database)
  const db = kyselyOf(dialect)
  const giveBack = () => dialect.giveBack()
  return { db, kind: 'sqlite', giveBack, close: once(() => close(db, () => database.close())) }
}

async function openServer(url: string, options: PostgresOptions): Promise<Store> {
  // Most forums are on SQLite, and their start need not wait for this driver.
  const { openPool } = await import('./postgres/open.ts')
  const pool = openPool(url, options)
  const db = kyselyOf(new GuardedPostgresDialect(pool))
  try {
    await assertUnicode(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return { db, kind: 'postgres', giveBack: () => undefined, close: once(() => db.destroy()) }
}

function kyselyOf(dialect: GuardedSqliteDialect | GuardedPostgresDialect): Db {
  return new Kysely<Tables>({ dialect, plugins: [new EmptyLists()] })
}

/** Kysely does not close what was never used. */
async function close(db: Db, closeFile: () => void): Promise<void> {
  await db.destroy()
  closeFile()
}

async function assertUnicode(db: Db): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db)
  if (rows[0]?.encoding !== 'UTF8') throw new Error(`its encoding must be UTF8, not ${rows[0]?.encoding}`)
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause
  return inner instanceof Error ? inner.message : String(inner)
}

function once<T>(act: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined
  return () => {
    done ??= act()
    return done
  }
}
