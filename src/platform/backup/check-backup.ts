import { keptName } from '../files/index.ts'
import { Fingerprint, knownMigrations } from '../store/index.ts'
import { BackupFault } from './fault.ts'
import { measure } from './hashed.ts'
import { linesOf } from './lines.ts'
import { type CopiedFile, type CopiedTable, type Manifest, parseManifest, paths } from './manifest.ts'
import { type Archive, damaged } from './read-archive.ts'

/** What a copy says of itself, if this program can bring it back. Throws BackupFault. */
export async function readManifest(archive: Archive): Promise<Manifest> {
  const text = await archive.text(paths.manifest)
  const manifest = attempt(() => parseManifest(text))
  if (manifest === 'newer') throw newer(archive, 'in a format that this one does not know')
  if (!manifest) throw damaged(archive.file, `${paths.manifest} is not what it should be`)
  const known = await knownMigrations()
  const unknown = manifest.migrations.filter(name => !known.includes(name))
  if (unknown.length > 0) throw newer(archive, `it knows ${unknown.join(', ')}`)
  if (manifest.migrations.some((name, at) => name !== known[at])) {
    throw new BackupFault(`${archive.file} was made by a version of Stoa with other migrations than this one has`)
  }
  return manifest
}

/** Reads all of it once and compares the checksums. Throws BackupFault. */
export async function checkContents(archive: Archive, manifest: Manifest, tell: (rows: number) => void): Promise<void> {
  for (const table of manifest.tables) await checkTable(archive, table, tell)
  for (const file of manifest.files) await checkFile(archive, file)
}

function newer(archive: Archive, why: string): BackupFault {
  return new BackupFault(`${archive.file} was made by a newer version of Stoa (${why}): restore it with that version`)
}

async function checkTable(archive: Archive, { name, rows, sum }: CopiedTable, tell: (rows: number) => void) {
  const found = new Fingerprint()
  for await (const lines of linesOf(archive.read(paths.table(name)))) {
    for (const line of lines) found.add(line)
    tell(lines.length)
  }
  if (found.rows !== rows || found.sum !== sum) throw damaged(archive.file, `the rows of ${name} have changed`)
}

async function checkFile(archive: Archive, { path, bytes, sha256 }: CopiedFile): Promise<void> {
  if (path !== paths.secret && !isFilePath(path)) throw damaged(archive.file, `${path} is no file of a forum`)
  const found = await measure(archive.read(path))
  if (found.bytes !== bytes || found.sha256 !== sha256) throw damaged(archive.file, `${path} has changed`)
}

/** Nothing in a copy may lead to a file elsewhere. */
function isFilePath(path: string): boolean {
  return path.startsWith(paths.files) && keptName.test(path.slice(paths.files.length))
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
