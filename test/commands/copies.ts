import { writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import { inSnapshot, rowsOf, type Store, tableShapes } from '../../src/platform/store/index.ts'

/** Every row of every table, those of a table in one fixed order. */
export async function contentOf({ db }: Store): Promise<Record<string, string[]>> {
  return inSnapshot(db, async tx => {
    const content: Record<string, string[]> = {}
    for (const { name, columns } of await tableShapes(tx)) {
      const lines: string[] = []
      const shape = { name, columns: columns.toSorted() }
      for await (const rows of rowsOf(tx, shape)) lines.push(...rows.map(row => JSON.stringify(row)))
      content[name] = lines.sort()
    }
    return content
  })
}

type Parts = Map<string, string>

/** Writes a copy of the copy in which these parts are others. */
export async function tamper(file: string, into: string, change: (parts: Parts) => void): Promise<void> {
  const parts: Parts = new Map()
  const zip = await openPromise(file)
  for await (const entry of zip.eachEntry())
    parts.set(entry.fileName, String(await buffer(await zip.openReadStreamPromise(entry))))
  change(parts)
  const written = new ZipFile()
  for (const [path, text] of parts) written.addBuffer(Buffer.from(text), path)
  written.end()
  writeFileSync(into, await buffer(written.outputStream))
}

export type Told = {
  version: number
  migrations: string[]
  tables: { name: string; rows: number; sum: string }[]
  files: { path: string }[]
}

/** Changes what the copy says of itself. */
export function retell(parts: Parts, change: (told: Told) => void): void {
  const told: Told = JSON.parse(parts.get('manifest.json') ?? '')
  change(told)
  parts.set('manifest.json', JSON.stringify(told))
}
