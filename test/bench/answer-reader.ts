import type { Client } from 'autocannon'

/** What autocannon hangs its own functions into, under the numbers that its parser names them by. */
type Hooks = { [number: number]: ((told?: object) => void) | undefined }
type Names = { readonly kOnHeadersComplete: number; readonly kOnMessageComplete: number }
type Parsing = { parser: Hooks & { readonly constructor: unknown } }

/** Has a client of autocannon read answers only as far as loading needs: their status, and where they end. */
export function readLightly(client: Client): void {
  const parsing = client as Client & Parsing
  parsing.parser = new AnswerReader(parsing.parser.constructor as unknown as Names)
}

const nothing = Buffer.alloc(0)
const headsEnd = '\r\n\r\n'

/**
 * autocannon's own parser is written in JavaScript, takes every header apart and makes a text of every body, which for
 * compressed bytes takes longer than the forum needs to answer. This one reads answers that say how long they are, and
 * throws for others.
 */
export class AnswerReader implements Hooks {
  [number: number]: ((told?: object) => void) | undefined
  readonly #names: Names
  /** The part of a head that has come, and how many bytes of a body have not. */
  #begun: Buffer = nothing
  #left = 0

  constructor(names: Names) {
    this.#names = names
  }

  execute(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) at += this.#left > 0 ? this.#pass(chunk.length - at) : this.#read(chunk, at)
  }

  /** Passes over the body; gives how much of it was there. */
  #pass(there: number): number {
    const passed = Math.min(this.#left, there)
    this.#left -= passed
    if (this.#left === 0) this[this.#names.kOnMessageComplete]?.()
    return passed
  }

  /** Reads a head; gives how much of it was there. */
  #read(chunk: Buffer, at: number): number {
    const known = this.#begun.length
    const bytes = known > 0 ? Buffer.concat([this.#begun, chunk.subarray(at)]) : chunk.subarray(at)
    const end = bytes.indexOf(headsEnd)
    this.#begun = end < 0 ? bytes : nothing
    if (end < 0) return chunk.length - at
    const head = bytes.toString('latin1', 0, end)
    const statusCode = Number(head.slice(9, 12))
    this.#left = lengthOf(statusCode, head)
    this[this.#names.kOnHeadersComplete]?.({ statusCode })
    if (this.#left === 0) this[this.#names.kOnMessageComplete]?.()
    return end + headsEnd.length - known
  }
}

function lengthOf(status: number, head: string): number {
  if (status === 304 || status === 204) return 0
  const length = /\r\n[Cc]ontent-[Ll]ength: *(\d+)/.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer does not say how long it is: ${head}`)
  return Number(length)
}
