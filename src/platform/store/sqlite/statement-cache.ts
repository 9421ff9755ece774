import type { Statement } from 'better-sqlite3'
import type { SqliteFile } from './open.ts'

const keptStatements = 500

/** The statements used last, prepared. */
export class StatementCache {
  readonly #database: SqliteFile
  readonly #kept = new Map<string, Statement<unknown[]>>()

  constructor(database: SqliteFile) {
    this.#database = database
  }

  get(sql: string): Statement<unknown[]> {
    const kept = this.#kept.get(sql)
    if (kept) this.#kept.delete(sql)
    const statement = kept ?? this.#database.prepare<unknown[]>(sql)
    if (kept || this.#isWorthKeeping(sql)) this.#kept.set(sql, statement)
    return statement
  }

  #isWorthKeeping(sql: string): boolean {
    if (this.#kept.size >= keptStatements) {
      const [oldest = ''] = this.#kept.keys()
      this.#kept.delete(oldest)
    }
    return /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i.test(sql)
  }
}
