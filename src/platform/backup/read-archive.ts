import { text } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise } from 'yauzl'
import { BackupFault, explainFile } from './fault.ts'

/** A copy that lies in a file. What cannot be read from it is a BackupFault. */
export interface Archive {
  readonly file: string
  has(path: string): boolean
  /** The bytes of a part, in portions. */
  read(path: string): AsyncGenerator<Buffer>
  /** A short part as text, if its bytes are those that were written. */
  text(path: string): Promise<string>
  close(): void
}

export async function openArchive(file: string): Promise<Archive> {
  const zip = await explainFile(`${file} cannot be read`, () =>
    whole(file, () => openPromise(file, { autoClose: false, strictFileNames: true })),
  )
  const entries = new Map<string, Entry>()
  await whole(file, async () => {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  })
  const entryOf = (path: string): Entry => {
    const entry = entries.get(path)
    if (!entry) throw damaged(file, `${path} is missing`)
    return entry
  }
  const archive: Archive = {
    file,
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
    if (error instanceof Error && 'syscall' in error) throw error
    throw damaged(file, reasonOf(error), error)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
