import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Remembered } from '../../remembered.ts'
import { type Db, waitWithOthers } from '../../store/index.ts'
import { hasPersonalCookie } from '../cookies.ts'
import { putAway } from '../put-away.ts'
import type { Handler } from '../web.ts'
import { type Addressed, addressedBy } from './addressed.ts'
import { capturePage } from './capture.ts'
import {
  addBrotli,
  type Entry,
  guestCaching,
  headOfUnchanged,
  type Label,
  makeEntry,
  sendEntry,
  sendUnchanged,
} from './entry.ts'
import type { PageKind, PageMatch } from './page-kind.ts'
import { Shelf } from './shelf.ts'
import { Together } from './together.ts'

export type PageCacheOptions = {
  db: Db
  kinds: readonly PageKind[]
  /** Where visitors reach this forum: canonical addresses are part of a page. */
  origin(req: IncomingMessage): string
  /**
   * The announcements that guests may put away at this moment. Whatever else a browser says it has put away makes no page
   * of its own: anybody can say anything, and would fill what is kept.
   */
  announcements(): Promise<ReadonlySet<number>>
  /** Names the program and its views: what another one rendered counts as changed. */
  version: string
  /** What every answer says, as names and values by turns: an answer without a page leaves out what is about pages. */
  headers?: readonly string[]
  /** How much to keep; 16 MB unless told: some 1,500 pages. */
  maxBytes?: number
}

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

const none: ReadonlySet<number> = new Set()

class PageCache {
  readonly #options: PageCacheOptions
  readonly #shelf: Shelf
  readonly #rendering = new Map<string, Promise<Entry | null>>()
  readonly #squeezing = new WeakSet<Entry>()
  readonly #addressed: Remembered<Addressed | null>
  readonly #revisions: Together<PageMatch, string | null>
  readonly #unchanged: readonly string[]
  /** What all pages are made by and come with. */
  readonly #making: string

  constructor(options: PageCacheOptions) {
    this.#options = options
    this.#addressed = new Remembered(url => addressedBy(url, options.kinds))
    this.#revisions = new Together(match => match.revision(options.db))
    this.#unchanged = headOfUnchanged(options.headers ?? [])
    this.#making = [options.version, ...(options.headers ?? [])].join('\n')
    this.#shelf = new Shelf(options.maxBytes ?? 16 * 1024 * 1024)
  }

  async answer(req: IncomingMessage, res: ServerResponse, next: () => void): Promise<void> {
    const addressed = this.#addressed.of(req.url ?? '/')
    if (!addressed) return next()
    const { match } = addressed
    const revision = await waitWithOthers(this.#revisions.of(match))
    if (revision === null) return next()
    const away = putAway(req)
    const known = away.length > 0 ? await this.#options.announcements() : none
    const key = addressed.keyFor(req, this.#options.origin(req), away.filter(id => known.has(id)).join('.'))
    const kept = this.#kept(key, revision)
    const label = kept ?? this.#label(key, revision)
    const unchanged = knows(req, label.etag)
    const rendering = unchanged || kept ? undefined : this.#rendering.get(label.etag)
    // Without a promise to wait for nothing may come between: who asks next has to find that this one renders.
    const entry = rendering ? await waitWithOthers(rendering) : kept
    if ((unchanged || entry) && req.method === 'GET') match.answered?.()
    if (unchanged) return sendUnchanged(label.etag, this.#unchanged, res)
    if (entry) return this.#send(entry, req, res)
    if (!this.#rendering.has(label.etag)) this.#await(label, req, res)
    next()
  }

  #kept(key: string, revision: string): Entry | undefined {
    const kept = this.#shelf.get(key)
    return kept?.revision === revision ? kept : undefined
  }

  #label(key: string, revision: string): Label {
    const hash = createHash('sha256').update([this.#making, revision, key].join('\n'))
    return { key, revision, etag: `W/"${hash.digest('base64url').slice(0, 27)}"` }
  }

  /** A page that is asked for twice is worth its smallest form. Whoever comes before it is ready gets gzip. */
  #send(entry: Entry, req: IncomingMessage, res: ServerResponse): Promise<void> | undefined {
    if (!entry.brotli && !this.#squeezing.has(entry)) this.#squeeze(entry).catch(() => undefined)
    return sendEntry(entry, req, res)
  }

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

function isShared(req: IncomingMessage): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  if (req.headers.range || req.headers.authorization) return false
  return !hasPersonalCookie(req)
}

function knows(req: IncomingMessage, etag: string): boolean {
  const header = req.headers['if-none-match']
  if (!header) return false
  if (header === etag) return true
  const opaque = etag.replace('W/', '')
  return header.split(',').some(tag => tag.trim().replace(/^W\//, '') === opaque)
}
