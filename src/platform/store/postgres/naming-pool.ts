import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { explainTrouble, isStalePlan } from '../trouble.ts'

/** Hands out the pool's clients so that what they are asked has a name and what fails is explained. */
export class NamingPool implements PostgresPool {
  readonly options: object
  readonly #pool: Pool
  readonly #names = new StatementNames()
  readonly #clients = new WeakMap<PoolClient, PostgresPoolClient>()

  constructor(pool: Pool) {
    this.#pool = pool
    this.options = pool.options
  }

  async connect(): Promise<PostgresPoolClient> {
    try {
      const client = await this.#pool.connect()
      const known = this.#clients.get(client) ?? named(client, this.#names)
      this.#clients.set(client, known)
      return known
    } catch (error) {
      throw explainTrouble(error)
    }
  }

  end(): Promise<void> {
    return this.#pool.end()
  }
}

function named(client: PoolClient, names: StatementNames): PostgresPoolClient {
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      return await client.query({ text, values: [...values], name: names.of(text) })
    } catch (error) {
      if (isStalePlan(error)) names.forget(text)
      throw explainTrouble(error)
    }
  }
  return { query: query as unknown as PostgresPoolClient['query'], release: destroy => client.release(destroy) }
}

const namedStatements = 300

/** The server keeps what has a name for as long as a connection lives, so only so many get one. */
class StatementNames {
  readonly #names = new Map<string, string>()
  #given = 0

  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known || this.#given >= namedStatements || !/^\s*(select|insert|update|delete|with)\b/i.test(text)) return known
    const name = `stoa_${++this.#given}`
    this.#names.set(text, name)
    return name
  }

  forget(text: string): void {
    this.#names.delete(text)
  }
}
