import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Kysely } from 'kysely'
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration'
import { Unavailable } from '../errors.ts'
import type { Store } from './store.ts'
import type { Db, Tx } from './transaction.ts'

const ourFolder = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** The database has been changed by a newer version of the code than this one. */
export class DatabaseIsNewer extends Error {
  override readonly name = 'DatabaseIsNewer'
}

/**
 * Brings the tables up to date, all steps or none, and gives the names of the steps taken. Processes that start at once
 * wait for each other. Throws DatabaseIsNewer before anything is changed.
 */
export async function migrate(store: Store, folder = ourFolder): Promise<string[]> {
  await refuseNewer(store.db, folder)
  const migrator = await migratorFor(store.db, folder)
  const { error, results = [] } = await whenFree(() => migrator.migrateToLatest())
  if (error) throw error
  return results.map(({ migrationName }) => migrationName)
}

/** The names of those that are still to be applied; whoever is ready has none. */
export async function pendingMigrations(store: Store, folder = ourFolder): Promise<string[]> {
  const known = await knownMigrations(folder)
  const applied = new Set(await appliedMigrations(store.db))
  return known.filter(name => !applied.has(name))
}

/** The names of those that this program has, first to last. */
export async function knownMigrations(folder = ourFolder): Promise<string[]> {
  return Object.keys(await importMigrations(folder))
}

/** Makes the tables of an empty database as the migrations up to this one leave them. */
export async function migrateTo(tx: Tx, name: string, folder = ourFolder): Promise<void> {
  const { error } = await (await migratorFor(tx, folder)).migrateTo(name)
  if (error) throw error
}

/** Brings the tables up to date as a part of something larger, and gives the names of the steps taken. */
export async function migrateWithin(tx: Tx, folder = ourFolder): Promise<string[]> {
  const { error, results = [] } = await (await migratorFor(tx, folder)).migrateToLatest()
  if (error) throw error
  return results.map(({ migrationName }) => migrationName)
}

async function migratorFor(db: Db, folder: string): Promise<Migrator> {
  const migrations = await importMigrations(folder)
  return new Migrator({ db, provider: { getMigrations: async () => migrations } })
}

const longestWait = 15 * 60_000

/** PostgreSQL lets the second process wait in line; SQLite says it is busy, for as long as the first one takes. */
async function whenFree(run: () => Promise<MigrationResultSet>): Promise<MigrationResultSet> {
  for (const began = Date.now(); ; await setTimeout(100)) {
    const result = await run()
    if (!(result.error instanceof Unavailable) || Date.now() - began > longestWait) return result
  }
}

/** Throws DatabaseIsNewer when a newer version of this program has changed the database. */
export async function refuseNewer(db: Db, folder = ourFolder): Promise<void> {
  const known = await knownMigrations(folder)
  const unknown = (await appliedMigrations(db)).filter(name => !known.includes(name))
  if (unknown.length === 0) return
  throw new DatabaseIsNewer(
    `The database was made by a newer version of Stoa (it knows ${unknown.join(', ')}): ` +
      'run that version, or restore a backup from before the update',
  )
}

/** The names of those that this database has been through, first to last; none when it is new. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const rows = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

/** The files of a folder, in the order of their names; each exports `up(db)`. */
async function importMigrations(folder: string): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter(file => /^\d{4}-.+\.ts$/.test(file)).sort()
  const migrations: Record<string, Migration> = {}
  for (const file of files) migrations[file.slice(0, -3)] = await importMigration(join(folder, file))
  return migrations
}

async function importMigration(file: string): Promise<Migration> {
  const module: unknown = await import(pathToFileURL(file).href)
  if (isMigration(module)) return module
  throw new Error(`${file} must export a function up(db)`)
}

function isMigration(module: unknown): module is Migration {
  return typeof module === 'object' && module !== null && 'up' in module && typeof module.up === 'function'
}
