import { bumpRevisions, byRevision, type Db, identityOf, lockName, type Tx } from '../../platform/store/index.ts'
import { defaults, registry, type SettingKey, type Settings } from './registry/registry.ts'

const overrulings = new WeakMap<object, Partial<Settings>>()

/** From now on these stand in this process whatever is stored: the environment outranks the pages of an administrator. */
export function overruleSettings(db: Db, values: Partial<Settings>): void {
  overrulings.set(identityOf(db), Object.freeze({ ...values }))
}

/** What the environment says in place of what is stored. */
export function overruledSettings(db: Db): Partial<Settings> {
  return overrulings.get(identityOf(db)) ?? {}
}

/** The settings in force; kept in memory until one changes. */
export const settings: (db: Db) => Promise<Settings> = byRevision('shell', async db => {
  return Object.freeze({ ...defaults, ...(await stored(db)), ...overruledSettings(db) })
})

async function stored(db: Db): Promise<Partial<Settings>> {
  const rows = await db.selectFrom('settings').selectAll().execute()
  const changed = rows.flatMap(({ key, value }) => {
    if (!(key in registry)) return []
    const read = registry[key as SettingKey].type.safeParse(JSON.parse(value))
    return read.success ? [[key, read.data]] : []
  })
  return Object.fromEntries(changed)
}

/** The settings as the table says, which is all that has to be there of a database that may be of another version. */
export async function storedSettings(db: Db): Promise<Settings> {
  return Object.freeze({ ...defaults, ...(await stored(db)) })
}

/**
 * The settings as they are stored, whatever the environment says instead, in a transaction before whose end nobody else
 * stores any.
 */
export async function lockSettings(tx: Tx): Promise<Settings> {
  await lockName(tx, 'settings')
  return Object.freeze({ ...defaults, ...(await stored(tx)) })
}

/** Stores these settings as they are: the caller has checked them. */
export async function writeSettings(tx: Tx, values: Partial<Settings>): Promise<void> {
  const rows = Object.entries(values).map(([key, value]) => ({ key, value: JSON.stringify(value) }))
  if (rows.length === 0) return
  await tx
    .insertInto('settings')
    .values(rows)
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value: eb => eb.ref('excluded.value') }))
    .execute()
  await bumpRevisions(tx, 'shell')
}
