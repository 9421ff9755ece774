import type { Db } from '../../store/index.ts'

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
