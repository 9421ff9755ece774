import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { explainFile } from './fault.ts'

export interface Part {
  readonly path: string
  /** Asked for when its turn comes, so the last part can tell of those before it. */
  content(): AsyncIterable<Buffer>
}

/** Quick rather than small: the text of a forum shrinks to a quarter either way. */
const compressionLevel = 3
const onlyOurs = 0o600

/** Writes the parts one after the other into a zip at `file`, which nobody else may read and which is whole or not there. */
export async function writeArchive(file: string, parts: readonly Part[]): Promise<void> {
  const draft = `${file}.part`
  await explainFile(`${file} cannot be written`, async () => {
    try {
      await rm(draft, { force: true })
      await writeZip(draft, parts)
      await rename(draft, file)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  })
}

async function writeZip(file: string, parts: readonly Part[]): Promise<void> {
  const zip = new ZipFile()
  const stopped = new AbortController()
  const written = pipeline(zip.outputStream, createWriteStream(file, { mode: onlyOurs, flags: 'wx', flush: true }), {
    signal: stopped.signal,
  })
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject)
    for (const part of parts)
      zip.addReadStreamLazy(part.path, { mode: 0o100000 | onlyOurs, compressionLevel }, give =>
        give(null, Readable.from(part.content(), { objectMode: false }).on('error', reject)),
      )
  })
  zip.end()
  try {
    await Promise.race([written, failed])
  } finally {
    stopped.abort()
    await written.catch(() => {})
  }
}
