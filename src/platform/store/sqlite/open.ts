import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

export type SqliteFile = Database.Database

const memory = ':memory:'
const mappedBytes = 256 * 1024 * 1024
/** While it is being opened; afterwards the driver waits, without holding up the process. */
const busyMilliseconds = 5000

/** Opens or makes the file, readable by its owner alone. A Buffer is the image of a database to work on in memory. */
export function openSqlite(file: string | Buffer): SqliteFile {
  if (typeof file === 'string' && file !== memory) makeFile(file)
  const database = new Database(file, { timeout: busyMilliseconds })
  try {
    prepareSqlite(database)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))
}

function prepareSqlite(database: SqliteFile): void {
  database.pragma('journal_mode = WAL')
  // A file that is in WAL already reopens at NORMAL, which may lose the last transactions when the power fails.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  mapFile(database)
  database.pragma('busy_timeout = 0')
}

function mapFile(database: SqliteFile): void {
  database.pragma(`mmap_size = ${mappedBytes}`)
}

/** Lets go of the pages that are kept in memory, and of those of the file that were looked at in place. */
export function forgetPages(database: SqliteFile): void {
  database.pragma('shrink_memory')
  database.pragma('mmap_size = 0')
  mapFile(database)
}
