import { cleanLine, excerpt, isVisible } from '../../../content/index.ts'

/** What a page says of itself: plain words, and where its picture is. */
export interface Said {
  readonly title: string | null
  readonly site: string | null
  readonly author: string | null
  readonly description: string | null
  readonly pictureUrl: string | null
}

export const nothingSaid: Said = { title: null, site: null, author: null, description: null, pictureUrl: null }

/** The most that is kept of each, in characters. */
const lengths = { title: 160, site: 60, author: 80, description: 200 } as const

/** Marks that turn the direction of what follows them; a cut could take away those that end it (Unicode UAX #9). */
const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** Words of a stranger as they may be shown: one line, bounded, nothing that is not seen or disturbs what stands beside. */
export function cleanWords(words: string | null | undefined, kind: keyof typeof lengths): string | null {
  // What is cut off is not looked at, however long it is.
  const line = cleanLine((words ?? '').slice(0, 4000).replace(turning, ''))
  return isVisible(line) ? excerpt(line, lengths[kind]) : null
}

/** The full address of a picture; null for what is none. */
export function cleanPicture(address: string | null | undefined, base: string): string | null {
  const url = address && address.length <= 2000 ? URL.parse(address.trim(), base) : null
  return url && /^https?:$/.test(url.protocol) ? url.href : null
}
