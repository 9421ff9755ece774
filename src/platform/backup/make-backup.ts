import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import type { Files } from '../files/index.ts'
import {
  appliedMigrations,
  brokenReferences,
  countRows,
  describeBroken,
  Fingerprint,
  inSnapshot,
  lineOf,
  loadingOrder,
  mayTakeLong,
  readIdentities,
  referencesOf,
  refuseNewer,
  rowsOf,
  type Store,
  type TableShape,
  type Tx,
  tableShapes,
} from '../store/index.ts'
import { BackupFault } from './fault.ts'
import { hashed } from './hashed.ts'
import { type CopiedFile, type CopiedTable, formatVersion, type Manifest, paths } from './manifest.ts'
import { type Part, writeArchive } from './write-archive.ts'

/** Where everything that belongs to a forum lies. */
export interface Holdings {
  readonly store: Store
  readonly files: Files
  /** What signs the session cookies, unless the environment says it. */
  readonly secretFile: string
}

export interface BackupOptions {
  readonly file: string
  readonly overwrite: boolean
  /** Tables of which only the shape is copied. */
  readonly without: readonly string[]
  /** How many rows of how many are done. */
  readonly onProgress?: (done: number, total: number) => void
  /** After the rows: how many files of how many are done. */
  readonly onFile?: (done: number, total: number) => void
}

export interface BackupSummary {
  readonly rows: number
  readonly tables: number
  readonly files: number
  /** What is wrong with the forum itself and would keep this copy from being restored. */
  readonly faults: readonly string[]
}

/**
 * Copies the forum into one file, as it is at one moment, while people go on writing. Takes as much memory as a few
 * hundred rows. Throws BackupFault, and DatabaseIsNewer.
 */
export async function makeBackup(holdings: Holdings, options: BackupOptions): Promise<BackupSummary> {
  const { file, overwrite } = options
  if (!overwrite && (await isThere(file))) throw new BackupFault(`${file} is there already: --force replaces it`)
  return inSnapshot(holdings.store.db, async tx => {
    await mayTakeLong(tx)
    const references = await referencesOf(tx)
    const all = loadingOrder(await tableShapes(tx), references)
    const manifest = await emptyManifest(tx, all)
    // From here on the database stands still; what it points at was kept before that was written.
    const names = await holdings.files.names()
    const tables = all.filter(({ name }) => !options.without.includes(name))
    const progress = await progressOver(tx, tables, options.onProgress)
    await writeArchive(file, [
      ...tables.map(table => tablePart(tx, table, manifest.tables, progress.add)),
      ...names.map((name, at) =>
        filePart(
          paths.files + name,
          () => {
            options.onFile?.(at, names.length)
            return holdings.files.read(name)
          },
          manifest.files,
        ),
      ),
      ...(await secretParts(holdings.secretFile, manifest.files)),
      { path: paths.manifest, content: () => once(JSON.stringify(manifest, undefined, 2)) },
    ])
    const faults = (await brokenReferences(tx, references)).map(describeBroken)
    return { rows: progress.done, tables: tables.length, files: names.length, faults }
  })
}

/** What is known before the first table is read; each part adds itself when it has been written. */
async function emptyManifest(tx: Tx, tables: readonly TableShape[]): Promise<Manifest> {
  await refuseNewer(tx)
  const migrations = await appliedMigrations(tx)
  if (migrations.length === 0) throw new BackupFault('There is no forum in this database')
  const identities = await readIdentities(tx, tables)
  return {
    format: 'stoa-backup',
    version: formatVersion,
    made_at: Date.now(),
    migrations,
    tables: [],
    identities,
    files: [],
  }
}

async function progressOver(tx: Tx, tables: readonly TableShape[], tell: BackupOptions['onProgress']) {
  let total = 0
  for (const table of tables) total += await countRows(tx, table)
  const progress = {
    done: 0,
    add(rows: number) {
      progress.done += rows
      tell?.(progress.done, total)
    },
  }
  return progress
}

function tablePart(tx: Tx, table: TableShape, copied: CopiedTable[], tell: (rows: number) => void): Part {
  async function* content() {
    const fingerprint = new Fingerprint()
    for await (const rows of rowsOf(tx, table)) {
      const lines = rows.map(lineOf)
      for (const line of lines) fingerprint.add(line)
      tell(rows.length)
      yield Buffer.from(`${lines.join('\n')}\n`)
    }
    const { rows, sum } = fingerprint
    copied.push({ name: table.name, columns: [...table.columns], rows, sum })
  }
  return { path: paths.table(table.name), content }
}

function filePart(path: string, read: () => AsyncIterable<Buffer>, copied: CopiedFile[]): Part {
  return { path, content: () => hashed(read(), measured => copied.push({ path, ...measured })) }
}

async function secretParts(file: string, copied: CopiedFile[]): Promise<Part[]> {
  return (await isThere(file)) ? [filePart(paths.secret, () => createReadStream(file), copied)] : []
}

async function* once(text: string) {
  yield Buffer.from(text)
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
