import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Message } from '../errors.ts'
import { type Body, isMultipart, Reading } from './reading.ts'

/** A file as it came. What it says of its own name and type proves nothing and is not kept. */
export interface UploadedFile {
  /** The name of the form's field. */
  readonly field: string
  readonly bytes: Buffer
}

export interface Upload {
  /** The form's other fields, as `req.body` has them; what could be read, when something is wrong. */
  readonly body: Readonly<Record<string, string | string[]>>
  /** null: none was chosen, or something is wrong. */
  readonly file: UploadedFile | null
  /** Why it cannot be taken. */
  readonly fault: Message | null
}

export interface UploadOptions {
  /** The field that takes the file; a file in another one is passed over. */
  readonly field: string
  /** The most a file may have. */
  readonly maxBytes: number
}

const patience = 8

/**
 * Reads a form that may carry one small file, into memory. Never throws: a form that is broken, cut off or too big comes
 * back with its fault and the fields that could be read. A form without files (`readBodies` has read it) comes back as it
 * is.
 */
export async function readUpload(
  req: IncomingMessage & { body?: unknown },
  { field, maxBytes }: UploadOptions,
): Promise<Upload> {
  if (!isMultipart(req)) return { body: { ...(req.body as Body) }, file: null, fault: null }
  const reading = new Reading<UploadedFile>({
    field,
    maxBytes,
    maxFiles: 1,
    patience,
    // Browsers send a field without a file as one without a name and content.
    async take(_name, stream, isNamed) {
      const bytes = await buffer(stream)
      return isNamed || bytes.length > 0 ? { field, bytes } : null
    },
  })
  const fault = await reading.run(req)
  return { body: reading.body, file: fault ? null : (reading.files[0] ?? null), fault }
}
