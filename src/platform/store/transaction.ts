import type { Kysely, Transaction } from 'kysely'
import type { TransactionGuard } from './guard.ts'
import { GuardedPostgresAdapter } from './postgres/dialect.ts'
import { GuardedSqliteAdapter } from './sqlite/dialect.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/**
 * All that `act` writes through its `tx`, or nothing. Inside, the store itself must not be used: that throws, and so does
 * a second transaction. Slow work (hashing, sanitising, network) belongs before or after. Throws Unavailable when the
 * database is busy or gone.
 */
export async function inTransaction<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  const guard = guardOf(db)
  guard.assertOutside()
  return db.transaction().execute(tx => guard.run(() => act(tx)))
}

function guardOf(db: Db): TransactionGuard {
  const { adapter } = db.getExecutor()
  if (adapter instanceof GuardedSqliteAdapter || adapter instanceof GuardedPostgresAdapter) return adapter.guard
  throw new Error('Not a store that openStore opened')
}
