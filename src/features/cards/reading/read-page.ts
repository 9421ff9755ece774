import { Parser } from 'htmlparser2'
import type { Fetched } from '../../../platform/outward/index.ts'
import { cleanPicture, cleanWords, type Said } from './clean.ts'

/** A page says each of these in one of these ways; the first that is there counts. Sources: ogp.me; HTML, 4.2.5. */
const ways = {
  title: ['og:title', 'twitter:title', 'title'],
  site: ['og:site_name', 'application-name'],
  author: ['author', 'article:author', 'fediverse:creator'],
  description: ['og:description', 'twitter:description', 'description'],
  picture: ['og:image:secure_url', 'og:image:url', 'og:image', 'twitter:image', 'twitter:image:src'],
} as const

const wanted = new Set<string>(Object.values(ways).flat())
const step = 16 * 1024

/** What the head of a page says of it. Nothing behind the head is read. */
export function readPage({ bytes, charset, url }: Pick<Fetched, 'bytes' | 'charset' | 'url'>): Said {
  const said = headOf(textOf(bytes, charset))
  const first = (names: readonly string[]) => names.map(name => said.get(name)).find(word => word?.trim())
  const author = first(ways.author)
  return {
    title: cleanWords(first(ways.title), 'title'),
    site: cleanWords(first(ways.site), 'site'),
    author: author && URL.canParse(author) ? null : cleanWords(author, 'author'),
    description: cleanWords(first(ways.description), 'description'),
    pictureUrl: cleanPicture(first(ways.picture), url),
  }
}

/** By the names of its statements, the first of each name. */
function headOf(text: string): Map<string, string> {
  const said = new Map<string, string>()
  let isOver = false
  let inTitle = false
  const note = (name: string, value: string) => void (said.has(name) || said.set(name, value))
  const parser = new Parser(
    {
      onopentag(tag, { property, name, content }) {
        const named = (property ?? name ?? '').toLowerCase()
        if (tag === 'meta' && !isOver && wanted.has(named) && content) note(named, content)
        inTitle = tag === 'title' && !isOver && !said.has('title')
        isOver ||= tag === 'body'
      },
      ontext(words) {
        if (inTitle) said.set('title', ((said.get('title') ?? '') + words).slice(0, 4000))
      },
      onclosetag(tag) {
        inTitle = false
        isOver ||= tag === 'head'
      },
    },
    { decodeEntities: true },
  )
  for (let at = 0; at < text.length && !isOver; at += step) parser.write(text.slice(at, at + step))
  return said
}

/** Decoded as the answer says, else as the page says, else as UTF-8. */
function textOf(bytes: Buffer, charset: string | null): string {
  const claimed = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(bytes.toString('latin1', 0, 1024))?.[1]
  for (const label of [charset, claimed]) {
    try {
      if (label) return new TextDecoder(label).decode(bytes)
    } catch {
      // A label that nobody knows.
    }
  }
  return new TextDecoder().decode(bytes)
}
