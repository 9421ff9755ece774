import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { explainTrouble } from '../trouble.ts'
import type { SqliteFile } from './open.ts'
import { StatementCache } from './statement-cache.ts'

export class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteFile
  readonly #statements: StatementCache

  constructor(database: SqliteFile) {
    this.#database = database
    this.#statements = new StatementCache(database)
  }

  /** Whether somebody has begun one and not ended it. */
  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return this.ask<R>(sql, parameters)
  }

  /** The answer at once: whatever SQLite is asked, a stream apart, comes past here. */
  ask<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    try {
      const statement = this.#statements.get(sql)
      if (statement.reader) return { rows: statement.all(parameters) as R[] }
      const { changes, lastInsertRowid } = statement.run(parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    } catch (error) {
      throw explainTrouble(error)
    }
  }

  /** On a statement of its own: one that is being read cannot run a second time. */
  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#database.prepare(sql).iterate(parameters)) yield { rows: [row as R] }
  }
}
