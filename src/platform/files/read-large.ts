import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Message } from '../errors.ts'
import { explainRoom } from './kept-files.ts'
import { type Body, isMultipart, Reading } from './reading.ts'

export interface LargeUpload {
  readonly body: Readonly<Body>
  /** What lies at the path now, in bytes; null: nothing was chosen, or something is wrong. */
  readonly bytes: number | null
  /** Why it cannot be taken. */
  readonly fault: Message | null
}

export interface LargeUploadOptions {
  readonly field: string
  readonly maxBytes: number
  /** Where it is written as it comes: a file that nobody else writes to. */
  readonly path: string
}

/**
 * Reads a form that carries one large file, which goes to the disk as it comes. When anything is wrong nothing is left
 * there. Throws Unavailable when the disk is full.
 */
export async function readLargeUpload(
  req: IncomingMessage & { body?: unknown },
  { field, maxBytes, path }: LargeUploadOptions,
): Promise<LargeUpload> {
  if (!isMultipart(req)) {
    await rm(path, { force: true })
    return { body: { ...(req.body as Body) }, bytes: null, fault: null }
  }
  const reading = new Reading<number>({
    field,
    maxBytes,
    maxFiles: 1,
    patience: 1,
    async take(_name, stream, isNamed) {
      await pipeline(stream, createWriteStream(path, { flags: 'w', mode: 0o600, flush: true }))
      const { size } = await stat(path)
      return isNamed && size > 0 ? size : null
    },
  })
  const fault = await reading.run(req)
  const bytes = fault || reading.trouble ? null : (reading.files[0] ?? null)
  if (bytes === null) await rm(path, { force: true })
  if (reading.trouble) throw explainRoom(reading.trouble)
  return { body: reading.body, bytes, fault }
}
