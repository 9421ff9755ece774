import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import { type Message, msg } from '../errors.ts'

export type Body = Record<string, string | string[]>

export interface ReadingOptions<File> {
  /** The field that takes files; a file in another one is passed over. */
  readonly field: string
  /** The most a file may have. */
  readonly maxBytes: number
  readonly maxFiles: number
  /** How many times what is allowed is read to its end, so that the fields behind too big a file are kept. */
  readonly patience: number
  /** What becomes of a file; it reads the stream to its end. null: there was none, only an empty field. */
  take(name: string, stream: Readable, isNamed: boolean): Promise<File | null>
}

const mebibyte = 1024 * 1024
const limits = { fields: 200, fieldNameSize: 100, fieldSize: mebibyte, headerPairs: 20 }

/** What all fields may have together. */
const mostText = 2 * mebibyte

/** One form on its way in. What is wrong with it is told once, and what could be read is kept. */
export class Reading<File> {
  /** Without a prototype: a field may have any name. */
  readonly body: Body = Object.create(null)
  readonly files: File[] = []
  /** What kept a file from being taken, and is nobody's fault who sent it. */
  trouble: unknown = null
  readonly #options: ReadingOptions<File>
  readonly #end = Promise.withResolvers<void>()
  readonly #taking: Promise<void>[] = []
  #fault: Message | null = null
  #textLeft = mostText

  constructor(options: ReadingOptions<File>) {
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
    await Promise.all(this.#taking)
    return this.#fault
  }

  /** Nobody may go on sending for ever, and whoever goes away is not waited for. */
  #watch(req: IncomingMessage): void {
    const { maxBytes, maxFiles, patience } = this.#options
    let left = (maxBytes * maxFiles + mostText) * patience
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
    const { maxBytes, maxFiles } = this.#options
    // busboy calls what has just as many bytes too big already.
    const most = { ...limits, files: maxFiles, parts: limits.fields + maxFiles, fileSize: maxBytes + 1 }
    try {
      const parser = busboy({ headers, defParamCharset: 'utf8', limits: most })
      parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
        if (nameTruncated || valueTruncated) this.#spoil(msg('files.text_too_big'))
        else this.#take(name, value)
      })
      parser.on('file', (name, stream, { filename }) => this.#takeFile(name, stream, filename))
      const tooMany = maxFiles === 1 ? msg('files.too_many') : msg('files.too_many_of', { max: maxFiles })
      for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
        parser.on(limit, () => this.#spoil(tooMany))
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

  #takeFile(name: string, stream: Readable, filename: string | undefined): void {
    stream.on('error', () => this.#spoil(msg('files.broken')))
    if (name !== this.#options.field) return void stream.resume()
    stream.on('limit', () => this.#spoil(this.#tooBig()))
    const taking = this.#options.take(filename ?? '', stream, Boolean(filename)).then(
      file => void (file && this.files.push(file)),
      error => this.#giveUp(error),
    )
    this.#taking.push(taking)
  }

  /** What the system says of the disk is told apart from a form that was cut off. */
  #giveUp(error: unknown): void {
    if (error instanceof Error && 'syscall' in error) this.trouble ??= error
    this.#stop(msg('files.broken'))
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

/** Whether this is a form that may carry files. */
export function isMultipart(req: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(req.headers['content-type'] ?? '')
}
