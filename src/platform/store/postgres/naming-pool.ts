import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { currentHurry, type Hurry } from '../hurry.ts'
import { explainTrouble } from '../trouble.ts'
import { forKysely, NamedClient, StatementNames } from './named-client.ts'

/** Hands out the pool's clients so that what they are asked has a name and an end, and what fails is explained. */
export class NamingPool implements PostgresPool {
  readonly options: object
  readonly #pool: Pool
  readonly #names = new StatementNames()
  readonly #clients = new WeakMap<PoolClient, NamedClient>()

  constructor(pool: Pool) {
    this.#pool = pool
    this.options = pool.options
  }

  async connect(): Promise<PostgresPoolClient> {
    try {
      return forKysely(await this.#lend(currentHurry()))
    } catch (error) {
      throw explainTrouble(error)
    }
  }

  end(): Promise<void> {
    return this.#pool.end()
  }

  async #lend(hurry: Hurry | undefined): Promise<NamedClient> {
    const named = this.#named(await this.#free(hurry))
    try {
      await named.setPace(hurry)
      return named
    } catch (error) {
      named.release(true)
      throw error
    }
  }

  /** Whoever gets one too late gives it back. */
  #free(hurry: Hurry | undefined): Promise<PoolClient> {
    const take = () => this.#pool.connect()
    if (!hurry) return take()
    return hurry.wait(take, taken => void taken.then(client => client.release()).catch(() => undefined))
  }

  #named(client: PoolClient): NamedClient {
    const known = this.#clients.get(client) ?? new NamedClient(client, this.#names)
    this.#clients.set(client, known)
    return known
  }
}
