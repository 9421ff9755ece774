import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Db } from '../../store/index.ts'
import { hasPersonalCookie } from '../cookies.ts'
import { guestReading } from '../reading.ts'
import { Remembered } from '../remembered.ts'
import type { Handler } from '../web.ts'
import { capturePage } from './capture.ts'
import { addBrotli, type Entry, guestCaching, type Label, makeEntry, sendEntry, sendUnchanged } from './entry.ts'
import { Shelf } from './shelf.ts'

/**
 * A kind of page that guests share. `match` says what the address shows: everything the page depends on is in `key`, with
 * unknown query parameters left out. The same address always gives the same match, which is used again. `revision` is
 * one small query; null: there is no such page for guests.
 */
export type PageKind = {
  match(path: string, query: URLSearchParams): PageMatch | null
}

export type PageMatch = {
  key: string
  revision(db: Db): Promise<string | null>
  /** Told whenever a reader is answered without the page being rendered. */
  answered?(): void
}

export type PageCacheOptions = {
  db: Db
  kinds: readonly PageKind[]
  /** Where visitors reach this forum: canonical addresses are part of a page. */
  origin(req: IncomingMessage): string
  /** Names the program and its views: what another one rendered counts as changed. */
  version: string
  /** What every answer says, as names and values by turns. */
  headers?: readonly string[]
  /** How much to keep; 64 MB unless told. */
  maxBytes?: number
}

/** What an address shows; `page` is the part of the key that does not depend on who asks. */
type Addressed = { readonly page: string; readonly match: PageMatch }

/**
 * The guests' page cache: stands before session and Express. A page is never stale, because its revision is asked for
 * before each answer; it is read before the page is rendered, so a page that changed meanwhile is only ever too new.
 */
export function pageCache(options: PageCacheOptions): Handler {
  const cache = new PageCache(options)
  return (req, res, next) => {
    if (!isShared(req)) return next()
    cache.answer(req, res, next).catch(next)
  }
}

class PageCache {
  readonly #options: PageCacheOptions
  readonly #shelf: Shelf
  readonly #rendering = new Map<string, Promise<Entry | null>>()
  readonly #squeezing = new WeakSet<Entry>()
  readonly #addressed: Remembered<Addressed | null>

  constructor(options: PageCacheOptions) {
    this.#options = options
    this.#addressed = new Remembered(url => addressedBy(url, options.kinds))
    this.#shelf = new Shelf(options.maxBytes ?? 64 * 1024 * 1024)
  }

  async answer(req: IncomingMessage, res: ServerResponse, next: () => void): Promise<void> {
    const addressed = this.#addressed.of(req.url ?? '/')
    if (!addressed) return next()
    const { match, page } = addressed
    const revision = await match.revision(this.#options.db)
    if (revision === null) return next()
    const label = this.#label(page, revision, req)
    const known = knows(req, label.etag)
    const entry = known ? null : (this.#kept(label) ?? (await this.#rendering.get(label.etag)))
    if ((known || entry) && req.method === 'GET') match.answered?.()
    if (known) return sendUnchanged(label.etag, this.#options.headers ?? [], res)
    if (entry) return sendEntry(entry, req, res)
    if (!this.#rendering.has(label.etag)) this.#await(label, req, res)
    next()
  }

  /** A page that is kept under this key and revision has its name already. */
  #label(page: string, revision: string, req: IncomingMessage): Label {
    const { locale, theme } = guestReading(req)
    const key = `${page}\n${locale}\n${theme}\n${this.#options.origin(req)}`
    const kept = this.#shelf.get(key)
    if (kept?.revision === revision) return kept
    const hash = createHash('sha256').update([this.#options.version, revision, key].join('\n'))
    return { key, revision, etag: `W/"${hash.digest('base64url').slice(0, 27)}"` }
  }

  #kept({ key, etag }: Label): Entry | undefined {
    const entry = this.#shelf.get(key)
    if (entry?.etag !== etag) return undefined
    if (!entry.brotli && !this.#squeezing.has(entry)) this.#squeeze(entry).catch(() => undefined)
    return entry
  }

  /** A page that is asked for twice is worth its smallest form. Whoever comes before it is ready gets gzip. */
  async #squeeze(entry: Entry): Promise<void> {
    this.#squeezing.add(entry)
    this.#shelf.grew(entry, await addBrotli(entry))
  }

  /** Others who ask for the same page wait for this one; when it turns out not to be shareable, they render their own. */
  #await(label: Label, req: IncomingMessage, res: ServerResponse): void {
    const { key, revision, etag } = label
    const rendering = Promise.withResolvers<Entry | null>()
    this.#rendering.set(etag, rendering.promise)
    const end = (entry: Entry | null) => {
      if (this.#rendering.get(etag) === rendering.promise) this.#rendering.delete(etag)
      rendering.resolve(entry)
    }
    res.once('close', () => end(null))
    capturePage(res, {
      keep: async html => {
        const entry = await makeEntry({ key, revision, etag }, html, { ...res.getHeaders(), ...guestCaching })
        this.#shelf.put(entry)
        end(entry)
        await sendEntry(entry, req, res)
      },
    })
  }
}

/** The path is part of the key: an outdated one leads elsewhere and must not be answered with the page. */
function addressedBy(url: string, kinds: readonly PageKind[]): Addressed | null {
  const [path, query] = splitUrl(url)
  // With its own question mark: a second one belongs to the first name, as Express reads it.
  const parameters = new URLSearchParams(`?${query}`)
  for (const kind of kinds) {
    const match = kind.match(path, parameters)
    if (match) return { match, page: `${path}\n${match.key}` }
  }
  return null
}

function isShared(req: IncomingMessage): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  if (req.headers.range || req.headers.authorization) return false
  return !hasPersonalCookie(req)
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}

function knows(req: IncomingMessage, etag: string): boolean {
  const header = req.headers['if-none-match']
  if (!header) return false
  if (header === etag) return true
  const opaque = etag.replace('W/', '')
  return header.split(',').some(tag => tag.trim().replace(/^W\//, '') === opaque)
}
