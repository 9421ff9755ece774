import { bumpRevisions, byRevision, type Db, type Tx } from '../../platform/store/index.ts'
import { defaults, registry, type SettingKey, type Settings } from './registry.ts'

/** The settings in force; kept in memory until one changes. */
export const settings: (db: Db) => Promise<Settings> = byRevision('shell', async db => {
  const rows = await db.selectFrom('settings').selectAll().execute()
  const changed = rows.flatMap(({ key, value }) => {
    if (!(key in registry)) return []
    const read = registry[key as SettingKey].type.safeParse(JSON.parse(value))
    return read.success ? [[key, read.data]] : []
  })
  return Object.freeze({ ...defaults, ...Object.fromEntries(changed) })
})

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
