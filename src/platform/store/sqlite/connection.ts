import type { Statement } from 'better-sqlite3'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { explainTrouble } from '../trouble.ts'
import type { SqliteFile } from './open.ts'
import { StatementCache } from './statement-cache.ts'
import type { Turns } from './turns.ts'

export class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteFile
  readonly #statements: StatementCache
  readonly #turns: Turns
  /** Whether a commit waits for the disk. */
  #syncs = true

  constructor(database: SqliteFile, turns: Turns) {
    this.#database = database
    this.#turns = turns
    this.#statements = new StatementCache(database)
  }

  /** Whether somebody has begun one and not ended it. */
  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  /** Waits while another process writes, unless a transaction is open: that one has begun to write already. */
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.inTransaction) return this.ask<R>(sql, parameters)
    return this.#turns.whenFree(() => {
      this.#setSync(true)
      return this.ask<R>(sql, parameters)
    })
  }

  /** `syncs`: its commit waits for the disk, as single statements outside of transactions always do. */
  async begin(syncs: boolean): Promise<void> {
    await this.#turns.whenFree(() => {
      this.#setSync(syncs)
      this.ask('begin immediate', [])
    })
  }

  /** The answer at once: whatever SQLite is asked, a stream apart, comes past here. */
  ask<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    try {
      const statement = this.#statements.get(sql)
      const result: QueryResult<R> = statement.reader
        ? { rows: statement.all(parameters) as R[] }
        : run(statement, parameters)
      if (!statement.readonly) this.#turns.wrote()
      return result
    } catch (error) {
      throw explainTrouble(error)
    }
  }

  /** SQLite allows it between transactions only. */
  #setSync(syncs: boolean): void {
    if (syncs === this.#syncs) return
    this.#database.pragma(`synchronous = ${syncs ? 'full' : 'normal'}`)
    this.#syncs = syncs
  }

  /** On a statement of its own: one that is being read cannot run a second time. */
  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#database.prepare(sql).iterate(parameters)) yield { rows: [row as R] }
  }
}

function run<R>(statement: Statement<unknown[]>, parameters: readonly unknown[]): QueryResult<R> {
  const { changes, lastInsertRowid } = statement.run(parameters)
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}
