import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { FetchFailed } from './failure.ts'

/** How a body may come packed, and what unpacks it. */
const unpacking = { br: createBrotliDecompress, deflate: createInflate, gzip: createGunzip } as const

export const acceptedEncodings = 'gzip, deflate, br'

/** So many bytes more may come packed than are wanted unpacked. */
const slack = 1024 * 1024

export interface Size {
  /** After unpacking. */
  readonly maxBytes: number
  /** What happens to more than that: nothing is read, or the beginning. */
  readonly beyond: 'refuse' | 'cut'
}

/** Reads a body and unpacks it, never more than is wanted: what unpacks to gigabytes ends there. Throws FetchFailed. */
export async function readBody(body: Readable, encoding: string | undefined, size: Size): Promise<Buffer> {
  const chunks: Buffer[] = []
  let left = size.maxBytes
  // Whoever stops reading before the end is told so by an error too.
  body.on('error', () => {})
  try {
    for await (const chunk of unpacked(body, encoding, size.maxBytes) as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left))
      left -= chunk.length
      if (left < 0 && size.beyond === 'refuse') throw new FetchFailed('size')
      if (left <= 0 && size.beyond === 'cut') break
    }
    return Buffer.concat(chunks)
  } finally {
    body.destroy()
  }
}

function unpacked(body: Readable, encoding: string | undefined, maxBytes: number): AsyncIterable<unknown> {
  const name = (encoding ?? 'identity').trim().toLowerCase()
  if (name === 'identity' || name === '') return body
  if (!(name in unpacking)) throw new FetchFailed('type')
  const unpack = unpacking[name as keyof typeof unpacking]()
  // Whoever reads is told of an error by `unpack`.
  pipeline(atMost(body, maxBytes + slack), unpack, () => {})
  return unpack
}

/** What comes packed and unpacks to nothing has an end too. */
async function* atMost(body: Readable, most: number): AsyncGenerator<Buffer> {
  let left = most
  for await (const chunk of body as AsyncIterable<Buffer>) {
    left -= chunk.length
    if (left < 0) throw new FetchFailed('size')
    yield chunk
  }
}
