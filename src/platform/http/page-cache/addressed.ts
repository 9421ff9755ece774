import type { IncomingMessage } from 'node:http'
import { guestReading, type Theme } from '../reading.ts'
import type { PageKind, PageMatch } from './page-kind.ts'

/** What an address shows to whoever asks for it. */
export class Addressed {
  readonly match: PageMatch
  readonly #page: string
  #latest:
    | {
        readonly locale: string
        readonly theme: Theme
        readonly origin: string
        readonly away: string
        readonly key: string
      }
    | undefined

  /** `page` names what it shows, as far as that does not depend on who asks. */
  constructor(page: string, match: PageMatch) {
    this.#page = page
    this.match = match
  }

  /** What the page is kept under for this guest, who has put away what `away` lists. The next one mostly reads as the last one did. */
  keyFor(req: IncomingMessage, origin: string, away: string): string {
    const { locale, theme } = guestReading(req)
    const latest = this.#latest
    if (latest?.locale === locale && latest.theme === theme && latest.origin === origin && latest.away === away)
      return latest.key
    const key = `${this.#page}\n${locale}\n${theme}\n${origin}\n${away}`
    this.#latest = { locale, theme, origin, away, key }
    return key
  }
}

/** The path is part of the key: an outdated one leads elsewhere and must not be answered with the page. */
export function addressedBy(url: string, kinds: readonly PageKind[]): Addressed | null {
  const [path, query] = splitUrl(url)
  // With its own question mark: a second one belongs to the first name, as Express reads it.
  const parameters = new URLSearchParams(`?${query}`)
  for (const kind of kinds) {
    const match = kind.match(path, parameters)
    if (match) return new Addressed(`${path}\n${match.key}`, match)
  }
  return null
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}
