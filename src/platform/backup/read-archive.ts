import { text } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise } from 'yauzl'
import { BackupFault, explainFile } from './fault.ts'
import { isPart } from './manifest.ts'

/** A copy that lies in a file. What cannot be read from it is a BackupFault. */
export interface Archive {
  readonly file: string
  /** What all its parts have together once they are unpacked; more than that is never read. */
  readonly bytes: number
  has(path: string): boolean
  /** The bytes of a part, in portions. */
  read(path: string): AsyncGenerator<Buffer>
  /** A short part as text, if its bytes are those that were written. */
  text(path: string): Promise<string>
  close(): void
}

/** A forum of millions of files has a list of them that is shorter than this. */
const longestText = 512 * 1024 * 1024
const mostParts = 5_000_000

/** Opens a copy and looks at the names of its parts only. Throws BackupFault for what no copy of ours holds. */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await explainFile(`${file} cannot be read`, () =>
    whole(file, () => openPromise(file, { autoClose: false, strictFileNames: true })),
  )
  const entries = new Map<string, Entry>()
  let bytes = 0
  try {
    await whole(file, async () => {
      if (zip.entryCount > mostParts) throw damaged(file, 'it has too many parts')
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName
        if (!isPart(name) || entries.has(name)) throw damaged(file, `${name.slice(0, 100)} is no part of one`)
        bytes += entry.uncompressedSize
        entries.set(name, entry)
      }
    })
  } catch (error) {
    zip.close()
    throw error
  }
  const entryOf = (path: string): Entry => {
    const entry = entries.get(path)
    if (!entry) throw damaged(file, `${path} is missing`)
    return entry
  }
  const archive: Archive = {
    file,
    bytes,
    has: path => entries.has(path),
    async *read(path) {
      const entry = entryOf(path)
      try {
        yield* await zip.openReadStreamPromise(entry)
      } catch (error) {
        throw damaged(file, reasonOf(error), error)
      }
    },
    async text(path) {
      if (entryOf(path).uncompressedSize > longestText) throw damaged(file, `${path} is too long`)
      const content = await text(archive.read(path))
      if (crc32(content) !== entryOf(path).crc32) throw damaged(file, `${path} has changed`)
      return content
    },
    close: () => zip.close(),
  }
  return archive
}

export function damaged(file: string, what: string, cause?: unknown): BackupFault {
  return new BackupFault(`${file} is damaged or no backup of Stoa (${what}): take another copy`, { cause })
}

async function whole<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof BackupFault || (error instanceof Error && 'syscall' in error)) throw error
    throw damaged(file, reasonOf(error), error)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
