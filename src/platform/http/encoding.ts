import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gzip, gzipSync } from 'node:zlib'
import { Remembered } from '../remembered.ts'

export type Encoding = 'br' | 'gzip'

/** What is sent in one packet is not worth compressing. */
export const smallestCompressed = 860

/** Up to here a page, in bytes, is compressed in less time than another thread takes to be given a processor on a busy machine. */
const small = 131_072

const gzipAsync = promisify(gzip)
const gunzipAsync = promisify(gunzip)
const brotliAsync = promisify(brotliCompress)

/** The best of the encodings offered (the first is the best) that an `Accept-Encoding` header takes. */
export function bestEncoding(
  header: string | string[] | undefined,
  offered: readonly Encoding[],
): Encoding | 'identity' {
  const accepted = taken.of(String(header ?? ''))
  return offered.find(encoding => accepted[encoding]) ?? 'identity'
}

/** Of the few headers that browsers send. */
const taken = new Remembered<Record<Encoding, boolean>>(header => {
  const accepted = header.toLowerCase()
  return { br: takes(accepted, 'br'), gzip: takes(accepted, 'gzip') }
})

function takes(accepted: string, encoding: string): boolean {
  for (const part of accepted.split(',')) {
    const [name, ...parameters] = part.split(';')
    if (name?.trim() === encoding) return !parameters.some(text => /^\s*q\s*=\s*0(\.0*)?\s*$/.test(text))
  }
  return false
}

export async function toGzip(bytes: Buffer): Promise<Buffer> {
  return bytes.length <= small ? gzipSync(bytes, { level: 4 }) : gzipAsync(bytes, { level: 6 })
}

export function fromGzip(bytes: Buffer): Promise<Buffer> {
  return gunzipAsync(bytes)
}

/** At moderate effort: the best one takes so long that others wait for a free thread. */
export function toBrotli(bytes: Buffer): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 6,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return brotliAsync(bytes, { params })
}
