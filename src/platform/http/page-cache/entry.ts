import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { bestEncoding, fromGzip, toBrotli, toGzip } from '../encoding.ts'

/** What a page is kept under, and what it is at this moment. */
export type Label = {
  readonly key: string
  readonly revision: string
  readonly etag: string
}

/** A page in one encoding: its bytes, and the whole head of its answer as names and values by turns. */
type Form = { readonly bytes: Buffer; readonly head: string[] }

/** A guests' page as it is sent: bytes made once. */
export type Entry = Label & {
  /** The headers that the page was rendered with, those about security among them, as names and values by turns. */
  readonly headers: readonly string[]
  readonly gzip: Form
  /** Made after the first page that was asked for again. */
  brotli?: Form
  /** Bytes it takes. */
  size: number
  /** Whether somebody asked for it again since the shelf last made room. */
  asked: boolean
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

export async function makeEntry(label: Label, html: Buffer, headers: OutgoingHttpHeaders): Promise<Entry> {
  const bytes = own(await toGzip(html))
  const kept = Object.entries(headers)
    .filter(([name, value]) => value !== undefined && !ofOneAnswer.has(name.toLowerCase()))
    .flatMap(([name, value]) => [name, String(value)])
  kept.push('ETag', label.etag)
  return { ...label, headers: kept, gzip: formOf(kept, bytes, 'gzip'), size: bytes.length + overhead, asked: false }
}

/** Adds the brotli bytes; says how many. */
export async function addBrotli(entry: Entry): Promise<number> {
  const bytes = own(await toBrotli(await fromGzip(entry.gzip.bytes)))
  entry.brotli = formOf(entry.headers, bytes, 'br')
  entry.size += bytes.length
  return bytes.length
}

/** What zlib gives is a slice of its working memory, sixteen times as large: kept as it is, it would keep all of that. */
function own(slice: Buffer): Buffer {
  const bytes = Buffer.allocUnsafeSlow(slice.length)
  slice.copy(bytes)
  return bytes
}

function formOf(headers: readonly string[], bytes: Buffer, encoding?: 'br' | 'gzip'): Form {
  const head = [...headers, 'Content-Length', String(bytes.length)]
  if (encoding) head.push('Content-Encoding', encoding)
  return { bytes, head }
}

/** Answers with the page in the best encoding there is. */
export async function sendEntry(entry: Entry, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const encoding = bestEncoding(req.headers['accept-encoding'], entry.brotli ? both : gzipOnly)
  if (encoding === 'identity') send(await plainForm(entry), req, res)
  else send(entry[encodings[encoding]] ?? entry.gzip, req, res)
}

function send({ head, bytes }: Form, req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(200, head)
  res.end(req.method === 'HEAD' ? undefined : bytes)
}

const both = ['br', 'gzip'] as const
const gzipOnly = ['gzip'] as const
const encodings = { br: 'brotli', gzip: 'gzip' } as const

/** Clients that take no encoding are so rare that their bytes are not kept. */
async function plainForm({ headers, gzip }: Entry): Promise<Form> {
  return formOf(headers, await fromGzip(gzip.bytes))
}

/** What a browser keeps about the whole forum, from whichever answer. */
const ofTheForum = new Set(['strict-transport-security'])

/**
 * What an answer without a page says besides its ETag, given what every answer says as names and values by turns. The
 * browser goes by the headers that came with the page (RFC 9111, 4.3.4), and the ETag stands for these too.
 */
export function headOfUnchanged(headers: readonly string[]): readonly string[] {
  const kept = headers.flatMap((name, at) => (at % 2 === 0 && ofTheForum.has(name) ? headers.slice(at, at + 2) : []))
  return [...Object.entries(guestCaching).flat(), ...kept]
}

/** Answers that the page which the client has is still the one. */
export function sendUnchanged(etag: string, head: readonly string[], res: ServerResponse): void {
  res.writeHead(304, ['ETag', etag, ...head]).end()
}
