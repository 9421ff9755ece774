import { setImmediate as others } from 'node:timers/promises'
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

/** So much is read before others are answered, in characters. */
const step = 8 * 1024

/** No head has more elements inside each other, which take the square of the time. */
const deepest = 100
const longestTitle = 4000

/** What the head of a page says of it. Nothing behind the head is read, and others are answered meanwhile. */
export async function readPage({ bytes, charset, url }: Pick<Fetched, 'bytes' | 'charset' | 'url'>): Promise<Said> {
  const said = await headOf(textOf(bytes, charset))
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
async function headOf(text: string): Promise<Map<string, string>> {
  const said = new Map<string, string>()
  let isOver = false
  let inTitle = false
  let depth = 0
  const note = (name: string, value: string) => void (said.has(name) || said.set(name, value))
  const parser = new Parser(
    {
      onopentag(tag, { property, name, content }) {
        const named = (property ?? name ?? '').toLowerCase()
        if (tag === 'meta' && !isOver && wanted.has(named) && content) note(named, content)
        inTitle = tag === 'title' && !isOver && !said.has('title')
        isOver ||= tag === 'body' || ++depth > deepest
      },
      ontext(words) {
        const title = said.get('title') ?? ''
        if (inTitle && title.length < longestTitle) said.set('title', title + words.slice(0, longestTitle))
      },
      onclosetag(tag) {
        depth--
        inTitle = false
        isOver ||= tag === 'head'
      },
    },
    { decodeEntities: true },
  )
  for (let at = 0; at < text.length && !isOver; at += step) {
    parser.write(text.slice(at, at + step))
    await others()
  }
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
