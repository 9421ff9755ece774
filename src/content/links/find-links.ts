import { LinkifyIt } from 'linkify-it'
import { safeLink } from './safe-url.ts'

/** A link found in text: from `start` to `end` stands what was typed. */
export type Found = { readonly start: number; readonly end: number; readonly href: string }

const finder = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, maxLength: 2000 })
  .add('ftp:', null)
  .add('//', null)
  .add('mailto:', null)

// Top-level domains that are words: beside the country codes these stand in most of what is advertised.
const soldDomains =
  'app art bar beauty best bet bid blog bond buzz cam casino cfd cheap click cloud club cyou date dating deals design dev ' +
  'digital download fit fun fund games global group guru health help homes host icu ink life link live loan lol love ' +
  'ltd market marketing media men mobi mom monster news ninja one online page party pics pizza plus porn press promo ' +
  'pub quest racing realty red rent rest review rocks run sale sbs science sex sexy shopping site skin social space ' +
  'store stream studio support surf systems team tech tel today tools top trade trading travel tube uno vegas video ' +
  'vip webcam website wiki win work works world wtf xyz yachts zip zone'

const suspicious = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, maxLength: 2000 }).tlds(
  soldDomains.split(' '),
  true,
)

/** The addresses that become links although nobody marked them: those with http:// or https://, and www. */
export function findLinks(text: string): Found[] {
  if (!/:\/\/|www\./i.test(text)) return []
  return (finder.match(text) ?? []).flatMap(match => {
    const href = match.schema || /^www\./i.test(match.raw) ? safeLink(match.raw) : null
    return href ? [{ start: match.index, end: match.lastIndex, href }] : []
  })
}

/** Whether this text by itself becomes a link to this address. With a backslash Markdown has no way to write it bare. */
export function isBareLink(text: string, href: string): boolean {
  const [found] = text.includes('\\') ? [] : findLinks(text)
  return found?.start === 0 && found.end === text.length && found.href === href
}

/** The length of the address that begins exactly here; 0 when none does. */
export function linkLengthAt(text: string): number {
  return finder.matchAtStart(text)?.raw.length ?? 0
}

/**
 * Whether a text names a place outside our own site: an address, a bare domain like example.com, or e-mail. Tricks such
 * as full-width or zero-width characters inside are seen through. Meant for holding back, so it rather says yes.
 */
export function mentionsLink(text: string, baseUrl?: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}|\u034F/gu, '')
    .replace(/[\u3002\uFF61]/g, '.')
  const own = baseUrl ? URL.parse(baseUrl)?.host : undefined
  return (suspicious.match(plain) ?? []).some(match => !own || URL.parse(match.url)?.host !== own)
}
