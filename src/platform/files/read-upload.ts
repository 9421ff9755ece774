import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import { type Message, msg } from '../errors.ts'

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

type Body = Record<string, string | string[]>

const mebibyte = 1024 * 1024
const limits = { files: 1, fields: 200, parts: 201, fieldNameSize: 100, fieldSize: mebibyte, headerPairs: 20 }

/** What all fields may have together. */
const mostText = 2 * mebibyte

/** How many times what is allowed is read to its end, so that the fields behind too big a file are kept. */
const patience = 8

/**
 * Reads a form that may carry one file. Never throws: a form that is broken, cut off or too big comes back with its
 * fault and the fields that could be read. A form without files (`readBodies` has read it) comes back as it is.
 */
export async function readUpload(req: IncomingMessage & { body?: unknown }, options: UploadOptions): Promise<Upload> {
  if (!/^multipart\/form-data\b/i.test(req.headers['content-type'] ?? ''))
    return { body: { ...(req.body as Body) }, file: null, fault: null }
  const reading = new Reading(options)
  const fault = await reading.run(req)
  return { body: reading.body, file: fault ? null : reading.file, fault }
}

class Reading {
  /** Without a prototype: a field may have any name. */
  readonly body: Body = Object.create(null)
  file: UploadedFile | null = null
  readonly #options: UploadOptions
  readonly #end = Promise.withResolvers<void>()
  #fault: Message | null = null
  #textLeft = mostText

  constructor(options: UploadOptions) {
    this.#options = options
  }

  /** Resolves with what is wrong. What is left of the request then flows away, so that the answer arrives. */
  async run(req: IncomingMessage): Promise<Message | null> {
    const parser = this.#parser(req)
    if (!parser) return msg('files.broken')
    this.#watch(req)
    req.pipe(parser)
    await this.#end.promise
    req.unpipe(parser).resume()
    parser.on('error', () => {}).destroy()
    return this.#fault
  }

  /** Nobody may go on sending for ever, and whoever goes away is not waited for. */
  #watch(req: IncomingMessage): void {
    let left = (this.#options.maxBytes + mostText) * patience
    req.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) this.#stop(this.#tooBig())
    })
    req.once('close', () => {
      if (!req.complete) this.#stop(msg('files.broken'))
    })
    req.once('error', () => this.#stop(msg('files.broken')))
  }

  #parser({ headers }: IncomingMessage): busboy.Busboy | null {
    // busboy calls what has just as many bytes too big already.
    const fileSize = this.#options.maxBytes + 1
    try {
      const parser = busboy({ headers, defParamCharset: 'utf8', limits: { ...limits, fileSize } })
      parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
        if (nameTruncated || valueTruncated) this.#spoil(msg('files.text_too_big'))
        else this.#take(name, value)
      })
      parser.on('file', (name, stream, { filename }) => this.#takeFile(name, stream, Boolean(filename)))
      for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
        parser.on(limit, () => this.#spoil(msg('files.too_many')))
      parser.once('error', () => this.#stop(msg('files.broken')))
      return parser.once('close', () => this.#end.resolve())
    } catch {
      return null
    }
  }

  /** A name that comes twice is a list; a null byte is nothing that a person types. */
  #take(name: string, value: string): void {
    this.#textLeft -= value.length
    if (this.#textLeft < 0) this.#spoil(msg('files.text_too_big'))
    else if (!name || value.includes('\0')) this.#spoil(msg('files.broken'))
    else if (name in this.body) this.body[name] = [this.body[name] ?? '', value].flat()
    else this.body[name] = value
  }

  /** Browsers send a field without a file as one without a name and content. */
  #takeFile(name: string, stream: Readable, isNamed: boolean): void {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('limit', () => this.#spoil(this.#tooBig()))
    stream.on('error', () => this.#spoil(msg('files.broken')))
    stream.on('end', () => {
      const isChosen = isNamed || chunks.length > 0
      if (isChosen && name === this.#options.field) this.file = { field: name, bytes: Buffer.concat(chunks) }
    })
  }

  /** The first thing that is wrong is told. */
  #spoil(fault: Message): void {
    this.#fault ??= fault
  }

  #stop(fault: Message): void {
    this.#spoil(fault)
    this.#end.resolve()
  }

  #tooBig(): Message {
    return msg('files.too_big', { size: Math.floor(this.#options.maxBytes / 1024) })
  }
}
