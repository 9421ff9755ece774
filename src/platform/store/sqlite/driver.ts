import { CompiledQuery, type DatabaseConnection, type Driver, type TransactionSettings } from 'kysely'
import type { TransactionGuard } from '../guard.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { SqliteConnection } from './connection.ts'
import type { Disk } from './disk.ts'
import type { SqliteFile } from './open.ts'
import type { Turns } from './turns.ts'

/** One connection, lent to one caller at a time. */
export class GuardedSqliteDriver implements Driver {
  readonly #database: SqliteFile
  readonly #guard: TransactionGuard
  readonly #connection: SqliteConnection
  readonly #turns: Turns
  readonly #checkpoints: Checkpoints
  readonly #disk: Disk

  constructor(
    database: SqliteFile,
    guard: TransactionGuard,
    connection: SqliteConnection,
    turns: Turns,
    checkpoints: Checkpoints,
    disk: Disk,
  ) {
    this.#database = database
    this.#checkpoints = checkpoints
    this.#guard = guard
    this.#connection = connection
    this.#turns = turns
    this.#disk = disk
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#guard.assertOutside()
    await this.#turns.take()
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    const { hasWritten } = this.#turns
    this.#turns.release()
    if (hasWritten) this.#checkpoints.look()
  }

  /** IMMEDIATE: one that reads first and writes later would fail as busy, whatever the timeout. */
  async beginTransaction(_: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    if (accessMode === 'read only') await this.#connection.executeQuery(CompiledQuery.raw('begin'))
    else await this.#connection.begin(this.#commitSyncs())
  }

  #commitSyncs(): boolean {
    const { durability } = this.#guard
    return durability === 'at commit' || (durability === 'before the answer' && !this.#disk.works)
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.executeQuery(CompiledQuery.raw('commit'))
  }

  /** SQLite has undone it by itself after some errors, and a second time would hide the first error. */
  async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) await this.#connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    await this.#checkpoints.stop()
    await this.#disk.close()
    this.#database.close()
  }
}
