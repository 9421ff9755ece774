import { createHash } from 'node:crypto'

export interface Measure {
  readonly bytes: number
  readonly sha256: string
}

/** Passes everything on and, when that was all, says how much it was and what its hash is. */
export async function* hashed(content: AsyncIterable<Buffer>, tell: (measure: Measure) => void) {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content) {
    hash.update(chunk)
    bytes += chunk.length
    yield chunk
  }
  tell({ bytes, sha256: hash.digest('hex') })
}

/** The same without anybody who wants to have it. */
export async function measure(content: AsyncIterable<Buffer>): Promise<Measure> {
  let found: Measure = { bytes: 0, sha256: '' }
  for await (const _ of hashed(content, measured => (found = measured)));
  return found
}
