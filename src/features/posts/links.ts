import { linksIn, mentionsLink } from '../../content/index.ts'

/** What stands on a page, of which links may be a part. */
export interface LinkedText {
  /** Of an opening post: the topic's title. */
  readonly title: string | null
  readonly html: string
}

/** A plain line, such as a title, names a web or e-mail address. */
export function hasLinkIn(line: string, baseUrl?: string): boolean {
  return mentionsLink(line, baseUrl)
}

/** The second text leads somewhere that the first one does not: by a link, a picture, or an address in plain words. */
export function gainsLink(before: LinkedText, after: LinkedText, baseUrl?: string): boolean {
  const added = [...linksIn(after.html)].filter(link => !linksIn(before.html).has(link))
  if (added.some(link => mentionsLink(link, baseUrl))) return true
  const known = new Set(wordsOf(before))
  return hasLinkIn(
    wordsOf(after)
      .filter(word => !known.has(word))
      .join(' '),
    baseUrl,
  )
}

/** Tags divide words, or stand in the middle of one. */
function wordsOf({ title, html }: LinkedText): string[] {
  return [title ?? '', html.replace(/<[^<>]*>/g, ' '), html.replace(/<[^<>]*>/g, '')].join(' ').split(/\s+/)
}
