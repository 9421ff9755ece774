import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresAdapter,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'
import type { Pool } from 'pg'
import { TransactionGuard } from '../guard.ts'
import { NamingPool } from './naming-pool.ts'

/** Kysely's PostgreSQL with statements that the server keeps prepared, and our guard. */
export class GuardedPostgresDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  readonly #guard = new TransactionGuard()

  constructor(pool: Pool) {
    const config = { pool: new NamingPool(pool) }
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new GuardedPostgresDriver(this.#config, this.#guard)
  }

  override createAdapter(): GuardedPostgresAdapter {
    return new GuardedPostgresAdapter(this.#guard)
  }
}

export class GuardedPostgresAdapter extends PostgresAdapter {
  readonly guard: TransactionGuard

  constructor(guard: TransactionGuard) {
    super()
    this.guard = guard
  }

  /** A commit has waited for the disk already, several of them together. */
  readonly reachDisk = async (): Promise<void> => {}
}

class GuardedPostgresDriver extends PostgresDriver {
  readonly #guard: TransactionGuard

  constructor(config: PostgresDialectConfig, guard: TransactionGuard) {
    super(config)
    this.#guard = guard
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#guard.assertOutside()
    return super.acquireConnection()
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (this.#guard.durability !== 'later') return super.beginTransaction(connection, settings)
    await connection.executeQuery(CompiledQuery.raw('begin; set local synchronous_commit = off'))
  }
}
