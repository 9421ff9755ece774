import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  deleteRows,
  dropTables,
  inTransaction,
  isEmptyDatabase,
  mayTakeLong,
  refreshStatistics,
} from '../store/index.ts'
import { checkContents, readManifest } from './check-backup.ts'
import { BackupFault, explainFile } from './fault.ts'
import { loadTables } from './load-tables.ts'
import type { Holdings } from './make-backup.ts'
import { type Manifest, paths } from './manifest.ts'
import { type Archive, openArchive } from './read-archive.ts'

export interface RestoreOptions {
  readonly file: string
  /**
   * The database holds a forum, which the copy takes the place of. What signs the cookies stays as it is, and nothing is
   * brought back of these tables.
   */
  readonly over?: { readonly without: readonly string[] }
  /** How much of the work is done, in rows, each of which is looked at three times. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface RestoreSummary {
  readonly madeAt: number
  readonly rows: number
  readonly tables: number
  readonly files: number
  /** What it took to bring the copy up to date. */
  readonly migrations: readonly string[]
}

/**
 * Brings a copy back into an empty database of either kind, or in the place of what is there: all of it or nothing. Nobody
 * else may use the database meanwhile. Throws BackupFault.
 */
export async function restoreBackup(holdings: Holdings, options: RestoreOptions): Promise<RestoreSummary> {
  const { file, over, onProgress } = options
  const archive = await openArchive(file)
  try {
    const manifest = await readManifest(archive)
    if (!over) await assertEmpty(holdings)
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    let done = 0
    const tell = (more: number) => {
      done += more
      onProgress?.(done, rows * 3)
    }
    await checkContents(archive, manifest, tell)
    const migrations = await bringBack(holdings, archive, manifest, { over, tell })
    await refreshStatistics(holdings.store.db)
    const files = manifest.files.filter(({ path }) => path !== paths.secret).length
    return { madeAt: manifest.made_at, rows, tables: manifest.tables.length, files, migrations }
  } finally {
    archive.close()
  }
}

export interface BackupContents {
  readonly madeAt: number
  readonly rows: number
  readonly files: number
  /** Unpacked. */
  readonly bytes: number
}

/** What a copy says of itself, without reading all of it. Throws BackupFault for what cannot be restored here. */
export async function lookIntoBackup(file: string): Promise<BackupContents> {
  const archive = await openArchive(file)
  try {
    return contentsOf(archive, await readManifest(archive))
  } finally {
    archive.close()
  }
}

/** Reads all of a copy and compares the checksums; `onProgress` hears of rows. Throws BackupFault. */
export async function verifyBackup(
  file: string,
  onProgress: (done: number, total: number) => void,
): Promise<BackupContents> {
  const archive = await openArchive(file)
  try {
    const manifest = await readManifest(archive)
    const contents = contentsOf(archive, manifest)
    let done = 0
    await checkContents(archive, manifest, rows => {
      done += rows
      onProgress(done, contents.rows)
    })
    return contents
  } finally {
    archive.close()
  }
}

function contentsOf({ bytes }: Archive, { made_at, tables, files }: Manifest): BackupContents {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  return { madeAt: made_at, rows, files: files.filter(({ path }) => path !== paths.secret).length, bytes }
}

async function assertEmpty({ store }: Holdings): Promise<void> {
  if (await isEmptyDatabase(store.db)) return
  throw new BackupFault(
    'The database is not empty, and restoring never overwrites one: let DATABASE_URL point at a new database, ' +
      'or move the SQLite file out of the way',
  )
}

async function bringBack(
  holdings: Holdings,
  archive: Archive,
  manifest: Manifest,
  { over, tell }: Pick<RestoreOptions, 'over'> & { tell(rows: number): void },
): Promise<string[]> {
  const { store, files, secretFile } = holdings
  const added: string[] = []
  try {
    return await inTransaction(store.db, async tx => {
      await mayTakeLong(tx)
      if (over) await dropTables(tx)
      const steps = await loadTables(tx, archive, manifest, tell)
      for (const name of over?.without ?? []) await deleteRows(tx, { name, columns: [] })
      await explainFile('The files cannot be put back', async () => {
        for (const { path } of manifest.files) {
          const content = Readable.from(archive.read(path), { objectMode: false })
          const name = path.slice(paths.files.length)
          if (path === paths.secret) await (over ? content.destroy() : writeSecret(secretFile, content))
          else if (await files.putBack(name, content)) added.push(name)
        }
      })
      return steps
    })
  } catch (error) {
    for (const name of added) await files.remove(name)
    throw error
  }
}

async function writeSecret(file: string, content: Readable): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await writeFile(aside, content, { mode: 0o600, flag: 'wx', flush: true })
    await rename(aside, file)
  } finally {
    await rm(aside, { force: true })
  }
}
