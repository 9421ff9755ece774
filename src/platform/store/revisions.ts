import type { Kysely } from 'kysely'
import { hotQuery } from './hot-query.ts'
import type { Tables } from './tables.ts'

export type RevisionName = 'shell' | 'permissions' | 'counts' | 'online'
export type Revisions = Readonly<Record<RevisionName, number>>

/** What everything cached is valid for at this moment: one small row. */
export async function readRevisions(db: Kysely<Tables>): Promise<Revisions> {
  const row = await current.first(db, {})
  if (!row) throw new Error('The row of revisions is missing')
  return row
}

const current = hotQuery(db =>
  db.selectFrom('revisions').select(['shell', 'permissions', 'counts', 'online']).where('id', '=', 1),
)

/** Makes everything stale that was cached under these names; belongs in the transaction that makes the change. */
export async function bumpRevisions(db: Kysely<Tables>, ...names: RevisionName[]): Promise<void> {
  await db
    .updateTable('revisions')
    .set(({ eb }) => Object.fromEntries(names.map(name => [name, eb(name, '+', 1)])))
    .where('id', '=', 1)
    .execute()
}

/**
 * Makes everything stale that was ever cached, also by browsers that saw what was written after this copy of the
 * database was made: time runs faster than revisions do.
 */
export async function outrunRevisions(db: Kysely<Tables>): Promise<void> {
  const { shell } = await readRevisions(db)
  await db
    .updateTable('revisions')
    .set({ shell: Math.max(shell + 1, Date.now()) })
    .where('id', '=', 1)
    .execute()
}

/**
 * A read that is kept in memory until its revision moves. The revision is read first, so what is kept can only be newer
 * than its label and is then read once more, never older. Inside a transaction nothing is kept.
 */
export function byRevision<T>(
  name: RevisionName,
  load: (db: Kysely<Tables>) => Promise<T>,
): (db: Kysely<Tables>) => Promise<T> {
  const kept = new WeakMap<Kysely<Tables>, { revision: number; value: Promise<T> }>()
  return async db => {
    const revision = (await readRevisions(db))[name]
    const known = kept.get(db)
    if (known?.revision === revision) return known.value
    const value = load(db)
    if (!db.isTransaction) {
      kept.set(db, { revision, value })
      value.catch(() => kept.delete(db))
    }
    return value
  }
}
