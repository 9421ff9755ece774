import type { Fetched } from '../../../platform/outward/index.ts'
import { cleanPicture, cleanWords, nothingSaid, type Said } from './clean.ts'

/** What a provider tells of a page, without the HTML it would have us show. Source: oembed.com, 2.3. */
export function readOembed({ bytes, url }: Pick<Fetched, 'bytes' | 'url'>): Said {
  const told = parse(bytes)
  const word = (name: string) => {
    const value = told[name]
    return typeof value === 'string' ? value : null
  }
  return {
    title: cleanWords(word('title'), 'title'),
    site: cleanWords(word('provider_name'), 'site'),
    author: cleanWords(word('author_name'), 'author'),
    description: cleanWords(word('description'), 'description'),
    pictureUrl: cleanPicture(word('thumbnail_url') ?? (told.type === 'photo' ? word('url') : null), url),
  }
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const told: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : { ...nothingSaid }
  } catch {
    return {}
  }
}
