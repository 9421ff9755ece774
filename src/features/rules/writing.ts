import { linksIn, mentionsLink, readSigns } from '../../content/index.ts'

/** A text that rules look at. */
export interface Writing {
  readonly forumId: number
  /** Of whoever wrote it: null of a guest. */
  readonly memberId: number | null
  /** How many posts of theirs everybody sees already. */
  readonly posts: number
  /** Of an opening post: the topic's. */
  readonly title: string | null
  readonly html: string
  /** What its author wrote themselves, as plain text. */
  readonly text: string
}

const tags = /<[^<>]*>/g

/**
 * Everything that can be read in it, quotes and what is behind a spoiler included. Twice: tags divide words, or stand in the
 * middle of one.
 */
export function wordsOf({ title, html }: Pick<Writing, 'title' | 'html'>): string {
  const plain = (between: string) => readSigns(html.replace(tags, between))
  return [title ?? '', plain(' '), plain('')].join('\n')
}

/** Where it leads outside of this forum, as addresses; of what only mentions an address the word itself. */
export function leadsTo(writing: Pick<Writing, 'title' | 'html'>, baseUrl?: string): string[] {
  const links = [...linksIn(writing.html)].filter(link => mentionsLink(link, baseUrl))
  if (links.length > 0) return links
  return mentionsLink(wordsOf(writing), baseUrl) ? ['?'] : []
}

/** The hosts of these addresses. */
export function hostsOf(links: readonly string[]): string[] {
  return links.flatMap(link => {
    const { protocol, host, pathname } = URL.parse(link) ?? {}
    const name = protocol === 'mailto:' ? pathname?.split('@').at(-1) : host
    return name ? [bareHost(name)] : []
  })
}

function bareHost(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
}

/** What somebody types for a domain, as it is compared; null: it is none. */
export function domainIn(typed: string): string | null {
  const bare =
    typed
      .trim()
      .replace(/^(?:https?:\/\/)?(?:\*\.|\*?@)?/i, '')
      .split(/[/?#]/, 1)[0] ?? ''
  const host = URL.parse(`http://${bare}/`)?.hostname ?? ''
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) ? host.replace(/^www\./, '') : null
}
