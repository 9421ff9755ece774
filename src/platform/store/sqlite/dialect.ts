import { type Driver, SqliteAdapter, SqliteDialect } from 'kysely'
import { TransactionGuard } from '../guard.ts'
import { GuardedSqliteDriver } from './driver.ts'
import type { SqliteFile } from './open.ts'

/** Kysely's SQLite with prepared statements that are kept, transactions that begin IMMEDIATE, and our guard. */
export class GuardedSqliteDialect extends SqliteDialect {
  readonly #database: SqliteFile
  readonly #guard = new TransactionGuard()

  constructor(database: SqliteFile) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new GuardedSqliteDriver(this.#database, this.#guard)
  }

  override createAdapter(): GuardedSqliteAdapter {
    return new GuardedSqliteAdapter(this.#guard)
  }
}

export class GuardedSqliteAdapter extends SqliteAdapter {
  readonly guard: TransactionGuard

  constructor(guard: TransactionGuard) {
    super()
    this.guard = guard
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
