import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { bestEncoding, fromGzip, toBrotli, toGzip } from '../encoding.ts'

/** A guests' page as it is sent: bytes made once. */
export type Entry = {
  readonly key: string
  readonly etag: string
  /** The headers that the page was rendered with, those about security among them. */
  readonly headers: OutgoingHttpHeaders
  readonly gzip: Buffer
  /** Made after the first page that was asked for again. */
  brotli?: Buffer
  /** Bytes it takes. */
  size: number
}

export const guestCaching = {
  'cache-control': 'private, no-cache',
  vary: 'Cookie, Accept-Encoding, Accept-Language',
} as const

const overhead = 2048

/** Headers that are about one answer, not about the page. */
const ofOneAnswer = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'etag',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
])

export async function makeEntry(key: string, etag: string, html: string, headers: OutgoingHttpHeaders): Promise<Entry> {
  const gzip = await toGzip(html)
  const kept = Object.entries(headers).filter(([name]) => !ofOneAnswer.has(name.toLowerCase()))
  return { key, etag, headers: Object.fromEntries(kept), gzip, size: gzip.length + overhead }
}

/** Adds the brotli bytes; says how many. */
export async function addBrotli(entry: Entry): Promise<number> {
  entry.brotli = await toBrotli(await fromGzip(entry.gzip))
  entry.size += entry.brotli.length
  return entry.brotli.length
}

/** Answers with the page in the best encoding there is. */
export async function sendEntry(entry: Entry, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const encoding = bestEncoding(req.headers['accept-encoding'], entry.brotli ? ['br', 'gzip'] : ['gzip'])
  const bytes = await bytesOf(entry, encoding)
  res.statusCode = 200
  for (const [name, value] of Object.entries(entry.headers)) if (value !== undefined) res.setHeader(name, value)
  res.setHeader('ETag', entry.etag)
  if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding)
  res.setHeader('Content-Length', bytes.length)
  res.end(req.method === 'HEAD' ? undefined : bytes)
}

/** Clients that take no encoding are so rare that their bytes are not kept. */
async function bytesOf({ gzip, brotli }: Entry, encoding: 'br' | 'gzip' | 'identity'): Promise<Buffer> {
  if (encoding === 'br' && brotli) return brotli
  return encoding === 'identity' ? fromGzip(gzip) : gzip
}

/** Answers that the page which the client has is still the one. */
export function sendUnchanged(etag: string, res: ServerResponse): void {
  res.statusCode = 304
  res.setHeader('ETag', etag)
  for (const [name, value] of Object.entries(guestCaching)) res.setHeader(name, value)
  res.end()
}
