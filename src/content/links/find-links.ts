import { LinkifyIt } from 'linkify-it'
import { longestLink, safeLink } from './safe-url.ts'

/** A link found in text: from `start` to `end` stands what was typed. */
export type Found = { readonly start: number; readonly end: number; readonly href: string }

const finder = new LinkifyIt({ fuzzyEmail: false, maxLength: longestLink })

/** The addresses that become links although nobody marked them: those with http:// or https://, and www. */
export function findLinks(text: string): Found[] {
  const found: Found[] = []
  for (const { index: start } of text.matchAll(/https?:\/\/|(?<![.@:/-])www\./gi)) {
    if (isWithinWord(text, start) || start < (found.at(-1)?.end ?? 0)) continue
    const end = start + linkLengthAt(text, start)
    // "https://bank.example@elsewhere.example" leads elsewhere: no part of it is a link.
    const href = text[end] === '@' ? null : safeLink(text.slice(start, end))
    if (href) found.push({ start, end, href })
  }
  return found
}

/**
 * Whether this text becomes a link to this address where it stands alone, in Markdown too: there no backslash may be in
 * it, and without http no sign that could be taken for a mark.
 */
export function isBareLink(text: string, href: string): boolean {
  const [found] = /^https?:[^\\]*$|^www\.[\p{L}\p{N}./?=&%-]*$/iu.test(text) ? findLinks(text) : []
  return found?.start === 0 && found.end === text.length && found.href === href
}

/** The length of the address that begins at this place; 0 when none does. */
export function linkLengthAt(text: string, start: number): number {
  // Only as far as an address may reach: looking at all of the rest from every address takes too long.
  const rest = text.slice(start, start + longestLink + 100)
  if (!/^www\./i.test(rest)) return finder.matchAtStart(rest)?.raw.length ?? 0
  return Math.max(0, (finder.matchAtStart(`http://${rest}`)?.raw.length ?? 0) - 'http://'.length)
}

function isWithinWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}_]/u.test(text.charAt(at - 1))
}
