import { type Driver, SqliteAdapter, SqliteDialect, SqliteQueryCompiler } from 'kysely'
import { TransactionGuard } from '../guard.ts'
import { isBusy } from '../trouble.ts'
import { Checkpoints } from './checkpoints.ts'
import { SqliteConnection } from './connection.ts'
import { Disk } from './disk.ts'
import { GuardedSqliteDriver } from './driver.ts'
import { forgetPages, type SqliteFile } from './open.ts'
import { Turns } from './turns.ts'

/** Kysely's SQLite with prepared statements that are kept, transactions that begin IMMEDIATE, and our guard. */
export class GuardedSqliteDialect extends SqliteDialect {
  readonly #database: SqliteFile
  readonly #guard = new TransactionGuard()
  readonly #turns = new Turns()
  readonly #connection: SqliteConnection
  readonly #disk: Disk

  constructor(database: SqliteFile) {
    super({ database })
    this.#database = database
    this.#connection = new SqliteConnection(database, this.#turns)
    this.#disk = new Disk(database)
  }

  /** Gives back memory that only saves reading the file again, unless somebody is at work on it or it is closed. */
  giveBack(): void {
    if (this.#database.open && !this.#turns.isTaken) forgetPages(this.#database)
  }

  override createDriver(): Driver {
    const checkpoints = new Checkpoints(this.#database)
    return new GuardedSqliteDriver(this.#database, this.#guard, this.#connection, this.#turns, checkpoints, this.#disk)
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new SteadyQueryCompiler()
  }

  override createAdapter(): GuardedSqliteAdapter {
    return new GuardedSqliteAdapter(this.#guard, this.#connection, this.#disk)
  }
}

/**
 * Where SQLite has statistics it looks at a bound value to choose a plan, and then prepares the statement anew at every
 * call, which takes three times as long as a small read. A value with a plus before it is the same value, but not one
 * that it looks at. (SQLITE_DBCONFIG_ENABLE_QPSG says the same, but better-sqlite3 has no way to.)
 */
class SteadyQueryCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }
}

export class GuardedSqliteAdapter extends SqliteAdapter {
  readonly guard: TransactionGuard
  readonly #connection: SqliteConnection
  readonly #disk: Disk

  constructor(guard: TransactionGuard, connection: SqliteConnection, disk: Disk) {
    super()
    this.guard = guard
    this.#connection = connection
    this.#disk = disk
  }

  readonly reachDisk = (): Promise<void> => this.#disk.reach()

  /**
   * The rows of a read outside of transactions, without waiting in line. null while somebody else's transaction is open on
   * the one connection: the read would see what may still be taken back; or while another process has the file for itself.
   */
  readAtOnce<Row>(text: string, parameters: readonly unknown[]): Row[] | null {
    this.guard.assertOutside()
    if (this.#connection.inTransaction) return null
    try {
      return this.#connection.ask<Row>(text, parameters).rows
    } catch (error) {
      if (isBusy(error)) return null
      throw error
    }
  }

  /** The rows of a query of the transaction that is open. Throws when there is none any more. */
  askInside<Row>(text: string, parameters: readonly unknown[]): Row[] {
    if (!this.#connection.inTransaction) throw new Error('The transaction that this belongs to has ended')
    return this.#connection.ask<Row>(text, parameters).rows
  }

  /** There is one, and our driver hands it out in turn: Kysely's own queue would wait before the guard is asked. */
  override get supportsMultipleConnections(): boolean {
    return true
  }

  /** SQLite can undo a half-done migration, and Kysely then runs it in a transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
