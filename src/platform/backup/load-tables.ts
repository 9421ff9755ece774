import { Unavailable } from '../errors.ts'
import {
  deleteRows,
  Fingerprint,
  insertRows,
  lineOf,
  loadingOrder,
  migrateTo,
  migrateWithin,
  outrunRevisions,
  type Row,
  RowsPointNowhere,
  referencesOf,
  rowsOf,
  type TableShape,
  type Tx,
  tableShapes,
  withReferencesAside,
  writeIdentities,
} from '../store/index.ts'
import { BackupFault } from './fault.ts'
import { linesOf } from './lines.ts'
import { type Manifest, paths } from './manifest.ts'
import type { Archive } from './read-archive.ts'

/**
 * Makes the tables as they were when the copy was made, fills them, reads every row back and compares, and then brings
 * the tables up to date. Gives the migrations that took. Throws BackupFault.
 */
export async function loadTables(tx: Tx, archive: Archive, manifest: Manifest, tell: (rows: number) => void) {
  await migrateTo(tx, manifest.migrations.at(-1) ?? '')
  const references = await referencesOf(tx)
  const shapes = loadingOrder(await tableShapes(tx), references)
  assertSameShapes(archive, manifest, shapes)
  await explainRows(archive, () =>
    withReferencesAside(tx, references, async () => {
      for (const shape of shapes.toReversed()) await deleteRows(tx, shape)
      for (const table of manifest.tables) await fillTable(tx, archive, table, tell)
    }),
  )
  await writeIdentities(tx, shapes, manifest.identities)
  for (const table of manifest.tables) await proveTable(tx, archive, table, tell)
  const steps = await migrateWithin(tx)
  await outrunRevisions(tx)
  return steps
}

function assertSameShapes(archive: Archive, { tables }: Manifest, shapes: readonly TableShape[]): void {
  const columnsOf = new Map(shapes.map(({ name, columns }) => [name, columns.toSorted().join(' ')]))
  const other = tables.find(({ name, columns }) => columnsOf.get(name) !== columns.toSorted().join(' '))
  if (other) {
    throw new BackupFault(`${archive.file} has a table ${other.name} that is not as this version of Stoa makes it`)
  }
}

async function fillTable(tx: Tx, archive: Archive, table: TableShape, tell: (rows: number) => void): Promise<void> {
  for await (const lines of linesOf(archive.read(paths.table(table.name)))) {
    const rows = lines.map(line => JSON.parse(line) as Row)
    await explainRefusal(archive, table.name, () => insertRows(tx, table, rows))
    tell(rows.length)
  }
}

/** Such as a character that one of the databases takes and the other does not. */
async function explainRefusal(archive: Archive, table: string, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Unavailable) throw error
    throw new BackupFault(`${archive.file}: this database refuses rows of ${table} (${error.message})`, {
      cause: error,
    })
  }
}

type Counted = Manifest['tables'][number]

async function proveTable(tx: Tx, archive: Archive, table: Counted, tell: (rows: number) => void): Promise<void> {
  const found = new Fingerprint()
  for await (const rows of rowsOf(tx, table)) {
    for (const row of rows) found.add(lineOf(row))
    tell(rows.length)
  }
  if (found.rows === table.rows && found.sum === table.sum) return
  throw new BackupFault(
    `${archive.file}: this database does not give the rows of ${table.name} back as they were written`,
  )
}

async function explainRows(archive: Archive, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof RowsPointNowhere)) throw error
    throw new BackupFault(`${archive.file} holds rows that point at nothing: ${error.message}`)
  }
}
