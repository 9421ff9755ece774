import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Message } from '../errors.ts'
import { explainRoom, type Files } from './kept-files.ts'
import { type Body, Reading } from './reading.ts'

/** A file that came and lies on the disk, until `forget`. */
export interface DiskFile {
  /** What the sender called it: for people, after cleaning. */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

export interface Uploads {
  /** The form's other fields, as `req.body` has them; what could be read, when something is wrong. */
  readonly body: Readonly<Body>
  /** Those that were chosen, none when something is wrong. */
  readonly files: readonly DiskFile[]
  /** Why they cannot be taken. */
  readonly fault: Message | null
  /** Removes what came from the disk. */
  forget(): Promise<void>
}

export interface UploadsOptions {
  /** The field that takes them; null: files are passed over. */
  readonly field: string | null
  /** The most one file may have. */
  readonly maxBytes: number
  readonly maxFiles: number
}

const patience = 2

/**
 * Reads a form that may carry files, each to the disk as it comes. What is wrong with it is its fault and nothing is
 * taken but the fields. Throws Unavailable when the disk is full.
 */
export async function readUploads(req: IncomingMessage, files: Files, options: UploadsOptions): Promise<Uploads> {
  const paths: string[] = []
  const forget = async () => {
    for (const path of paths) await rm(path, { force: true })
  }
  const reading = new Reading<DiskFile>({
    ...options,
    field: options.field ?? '',
    patience,
    async take(name, stream, isNamed) {
      const path = await files.scratch()
      paths.push(path)
      await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      const { size } = await stat(path)
      return isNamed || size > 0 ? { name, path, bytes: size } : null
    },
  })
  const fault = await reading.run(req)
  if (fault || reading.trouble) await forget()
  if (reading.trouble) throw explainRoom(reading.trouble)
  return { body: reading.body, files: fault ? [] : reading.files, fault, forget }
}
