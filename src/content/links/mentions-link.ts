import { LinkifyIt } from 'linkify-it'

// Top-level domains that are words: beside the country codes these stand in most of what is advertised.
const soldDomains =
  'app art bar beauty best bet bid blog bond buzz cam casino cfd cheap click cloud club cyou date dating deals design dev ' +
  'digital download fit fun fund games global group guru health help homes host icu ink life link live loan lol love ' +
  'ltd market marketing media men mobi mom monster news ninja one online page party pics pizza plus porn press promo ' +
  'pub quest racing realty red rent rest review rocks run sale sbs science sex sexy shopping site skin social space ' +
  'store stream studio support surf systems team tech tel today tools top trade trading travel tube uno vegas video ' +
  'vip webcam website wiki win work works world wtf xyz yachts zip zone'

const finder = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, maxLength: 500 }).tlds(soldDomains.split(' '), true)

/** Single characters that stand for several words, of which no address is made: they would become eighteen times as many. */
const sentences = /[\uFDFA\uFDFB]/g

/** Looked at together; what is longer is looked at in parts that overlap. */
const part = 500

/**
 * Whether a text names a place outside of our own site: an address, a bare domain like example.com, or e-mail. It sees
 * through full-width and zero-width characters. Meant for holding back, so in doubt it says yes.
 */
export function mentionsLink(text: string, baseUrl?: string): boolean {
  const own = baseUrl ? URL.parse(baseUrl)?.host : undefined
  const plain = text
    .replace(sentences, ' ')
    .normalize('NFKC')
    .replace(/\p{Cf}|\u034F/gu, '')
  return plain
    .replace(/[\u3002\uFF61]/g, '.')
    .split(/\s+/)
    .filter(word => /[.:@]./.test(word))
    .flatMap(partsOf)
    .some(word => (finder.match(word) ?? []).some(match => !own || URL.parse(match.url)?.host !== own))
}

function partsOf(word: string): string[] {
  if (word.length <= part) return [word]
  const starts = Array.from({ length: Math.ceil((word.length * 2) / part) }, (_, at) => (at * part) / 2)
  return starts.map(start => word.slice(start, start + part))
}
