import type { Kysely, Transaction } from 'kysely'
import type { Durability } from './guard.ts'
import { GuardedPostgresAdapter } from './postgres/dialect.ts'
import { GuardedSqliteAdapter } from './sqlite/dialect.ts'
import type { Tables } from './tables.ts'
import { gaveWay } from './trouble.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** So often a transaction is begun that PostgreSQL gave up because it and another one waited for each other. */
const mostAttempts = 4

/**
 * All that `act` writes through its `tx`, or nothing. Inside, the store itself must not be used: that throws, and so does
 * a second transaction. Slow work (hashing, sanitising, network) belongs before or after. It may run more than once, when
 * two transactions waited for each other and this one had to give way. Throws Unavailable when the database is busy or
 * gone.
 */
export async function inTransaction<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(db, 'before the answer', act)
}

async function transact<T>(db: Db, durability: Durability, act: (tx: Tx) => Promise<T>): Promise<T> {
  const { guard, reachDisk } = adapterOf(db)
  guard.assertOutside()
  for (let attempt = 1; ; attempt++) {
    try {
      const run = () => db.transaction().execute(tx => guard.run(() => act(tx)))
      const done = await guard.withDurability(durability, run)
      if (durability !== 'later') await reachDisk()
      return done
    } catch (error) {
      if (attempt >= mostAttempts || !gaveWay(error)) throw error
    }
  }
}

/** Resolves when all that was committed is on the disk, whoever wrote it. Throws Unavailable. */
export async function onDisk(db: Db): Promise<void> {
  await adapterOf(db).reachDisk()
}

/**
 * Like `inTransaction`, for what a power cut may take back: nobody waits for the disk. What is lost is always the last of
 * all, a process that is killed loses nothing, and a later `inTransaction` waits for this too. Only for what nobody was
 * answered about, or what is done again anyway. In an open transaction it is part of that one.
 */
export async function withoutSync<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  if (isOpen(db)) return act(db)
  return transact(db, 'later', act)
}

function isOpen(db: Db): db is Tx {
  return db.isTransaction
}

/**
 * Reads the database as it is at one moment, whatever others write meanwhile, and keeps nobody from writing. SQLite has
 * one connection, so whatever else goes through this store waits until `act` ends.
 */
export async function inSnapshot<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  const { guard } = adapterOf(db)
  guard.assertOutside()
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return snapshot.execute(tx => guard.run(() => act(tx)))
}

/** Stands for the store behind `db` and every transaction of it: a key for what is known about one store. */
export function identityOf(db: Db): object {
  return db.getExecutor().adapter
}

function adapterOf(db: Db): GuardedSqliteAdapter | GuardedPostgresAdapter {
  const { adapter } = db.getExecutor()
  if (adapter instanceof GuardedSqliteAdapter || adapter instanceof GuardedPostgresAdapter) return adapter
  throw new Error('Not a store that openStore opened')
}
