import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Db } from '../../store/index.ts'
import { cookieOf, personalCookies } from '../cookies.ts'
import { guestReading } from '../reading.ts'
import type { Handler } from '../web.ts'
import { capturePage } from './capture.ts'
import { addBrotli, type Entry, guestCaching, makeEntry, sendEntry, sendUnchanged } from './entry.ts'
import { Shelf } from './shelf.ts'

/**
 * A kind of page that guests share. `match` says what the address shows: everything the page depends on is in `key`, with
 * unknown query parameters left out. `revision` is one small query; null: there is no such page for guests.
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
  /** How much to keep; 64 MB unless told. */
  maxBytes?: number
}

/** What one request asks for and what it is at this moment. */
type Wanted = { key: string; etag: string; answered?: () => void }

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

  constructor(options: PageCacheOptions) {
    this.#options = options
    this.#shelf = new Shelf(options.maxBytes ?? 64 * 1024 * 1024)
  }

  async answer(req: IncomingMessage, res: ServerResponse, next: () => void): Promise<void> {
    const wanted = await this.#wanted(req)
    if (!wanted) return next()
    const known = knows(req, wanted.etag)
    const entry = known ? null : (this.#kept(wanted) ?? (await this.#rendering.get(wanted.etag)))
    if ((known || entry) && req.method === 'GET') wanted.answered?.()
    if (known) return sendUnchanged(wanted.etag, res)
    if (entry) return sendEntry(entry, req, res)
    if (!this.#rendering.has(wanted.etag)) this.#await(wanted, req, res)
    next()
  }

  async #wanted(req: IncomingMessage): Promise<Wanted | null> {
    const [path = '/', query = ''] = splitUrl(req.url)
    // With its own question mark: a second one belongs to the first name, as Express reads it.
    const parameters = new URLSearchParams(`?${query}`)
    for (const kind of this.#options.kinds) {
      const match = kind.match(path, parameters)
      if (!match) continue
      const revision = await match.revision(this.#options.db)
      return revision === null ? null : { ...this.#name([path, match.key], revision, req), answered: match.answered }
    }
    return null
  }

  /** The path is part of the name: an outdated one leads elsewhere and must not be answered with the page. */
  #name(page: string[], revision: string, req: IncomingMessage): Wanted {
    const { locale, theme } = guestReading(req)
    const key = [...page, locale, theme, this.#options.origin(req)].join('\n')
    const hash = createHash('sha256').update([this.#options.version, revision, key].join('\n'))
    return { key, etag: `W/"${hash.digest('base64url').slice(0, 27)}"` }
  }

  #kept({ key, etag }: Wanted): Entry | undefined {
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
  #await({ key, etag }: Wanted, req: IncomingMessage, res: ServerResponse): void {
    const rendering = Promise.withResolvers<Entry | null>()
    this.#rendering.set(etag, rendering.promise)
    const end = (entry: Entry | null) => {
      if (this.#rendering.get(etag) === rendering.promise) this.#rendering.delete(etag)
      rendering.resolve(entry)
    }
    res.once('close', () => end(null))
    capturePage(res, {
      keep: async html => {
        const entry = await makeEntry(key, etag, html, { ...res.getHeaders(), ...guestCaching })
        this.#shelf.put(entry)
        end(entry)
        await sendEntry(entry, req, res)
      },
    })
  }
}

function isShared(req: IncomingMessage): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  if (req.headers.range || req.headers.authorization) return false
  return !req.headers.cookie || !personalCookies.some(name => cookieOf(req, name) !== undefined)
}

function splitUrl(url = '/'): [string, string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}

function knows(req: IncomingMessage, etag: string): boolean {
  const header = req.headers['if-none-match']
  if (!header) return false
  const opaque = etag.replace('W/', '')
  return header.split(',').some(tag => tag.trim().replace(/^W\//, '') === opaque)
}
