import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import { hotQuery } from './hot-query.ts'
import { waitWithOthers } from './hurry.ts'
import type { Tables } from './tables.ts'
import { identityOf } from './transaction.ts'

export type RevisionName = 'shell' | 'permissions' | 'counts' | 'online'
export type Revisions = Readonly<Record<RevisionName, number>>

/** What a request knows of the revisions, until it changes them itself or ends. */
type Remembered = { of?: Kysely<Tables>; read?: Promise<Revisions>; over: boolean }

const remembering = new AsyncLocalStorage<Remembered>()

/**
 * Whatever `act` starts reads the revisions once: it sees what is kept as of that moment. Reads in a transaction are not
 * remembered, nor anything once `act` has raised a revision itself, or what this returns was called.
 */
export function rememberRevisions(act: () => void): () => void {
  const known: Remembered = { over: false }
  remembering.run(known, act)
  return () => forget(known)
}

function forget(known: Remembered): void {
  known.over = true
  delete known.read
}

/** What everything cached is valid for at this moment, or at that of the request's first question: one small row. */
export async function readRevisions(db: Kysely<Tables>): Promise<Revisions> {
  const known = remembering.getStore()
  if (!known || known.over || db.isTransaction) return revisionsNow(db)
  if (!known.read || known.of !== db) {
    const read = revisionsNow(db)
    read.catch(() => known.read === read && delete known.read)
    known.of = db
    known.read = read
  }
  return known.read
}

async function revisionsNow(db: Kysely<Tables>): Promise<Revisions> {
  const row = await current.first(db, {})
  if (!row) throw new Error('The row of revisions is missing')
  return row
}

const current = hotQuery(db =>
  db.selectFrom('revisions').select(['shell', 'permissions', 'counts', 'online']).where('id', '=', 1),
)

/** Makes everything stale that was cached under these names; belongs in the transaction that makes the change. */
export async function bumpRevisions(db: Kysely<Tables>, ...names: RevisionName[]): Promise<void> {
  forgetRevisions()
  await db
    .updateTable('revisions')
    .set(({ eb }) => Object.fromEntries(names.map(name => [name, eb(name, '+', 1)])))
    .where('id', '=', 1)
    .execute()
}

/** Others may read before this is committed, so nothing is remembered from here on. */
function forgetRevisions(): void {
  const known = remembering.getStore()
  if (known) forget(known)
}

/**
 * Makes everything stale that was ever cached, also by browsers that saw what was written after this copy of the
 * database was made: time runs faster than revisions do.
 */
export async function outrunRevisions(db: Kysely<Tables>): Promise<void> {
  forgetRevisions()
  const now = Date.now()
  const raised = Object.entries(await readRevisions(db)).map(([name, revision]) => [name, Math.max(revision + 1, now)])
  await db
    .updateTable('revisions')
    .set(Object.fromEntries(raised) as Partial<Revisions>)
    .where('id', '=', 1)
    .execute()
}

type Kept<T> = { readonly revision: number; readonly value: Promise<T>; isThere: boolean }

/**
 * A read that is kept in memory until its revision moves. The revision is read first, so what is kept can only be newer
 * than its label and is then read once more, never older. A transaction takes what is kept for the revision that it sees
 * itself, and keeps nothing: what it reads may never be committed. It does not wait for what others still read, because
 * on SQLite they wait for it. What is read in this way is changed only together with its revision, before the transaction
 * reads it again.
 */
export function byRevision<T>(
  name: RevisionName,
  load: (db: Kysely<Tables>) => Promise<T>,
): (db: Kysely<Tables>) => Promise<T> {
  const kept = new WeakMap<object, Kept<T>>()
  return async db => {
    const store = identityOf(db)
    const revision = (await readRevisions(db))[name]
    const known = kept.get(store)
    if (known?.revision === revision && known.isThere) return known.value
    if (known?.revision === revision && !db.isTransaction) return waitWithOthers(known.value)
    const value = load(db)
    if (!db.isTransaction) keep(kept, store, { revision, value, isThere: false })
    return value
  }
}

function keep<T>(kept: WeakMap<object, Kept<T>>, store: object, entry: Kept<T>): void {
  kept.set(store, entry)
  entry.value.then(
    () => {
      entry.isThere = true
    },
    () => kept.get(store) === entry && kept.delete(store),
  )
}
