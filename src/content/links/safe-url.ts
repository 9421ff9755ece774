// Nothing lives there: it only stands in for our own address, which may not be known.
const ownBase = 'http://own.invalid'
/** Characters. */
export const longestLink = 2000
// The parser lets quotes and signs stand in a name that no server has.
const host = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])$/

/**
 * The address of a link in the one way we store it, or null when it may be none: only http, https, mailto and paths of
 * our own site. `example.com/page` is taken for https.
 */
export function safeLink(typed: string): string | null {
  const address = typed.trim()
  if (address.startsWith('/')) return ownPath(address)
  if (/^mailto:/i.test(address)) return mailAddress(address)
  if (/^https?:/i.test(address)) return webAddress(address)
  return /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/:?#]|$)/u.test(address) ? webAddress(`https://${address}`) : null
}

/** The address of a picture: http, https, or a path of our own site, whose address is not needed then. */
export function safeImage(typed: string, baseUrl: string | undefined): string | null {
  const address = typed.trim()
  if (address.startsWith('/')) return ownPath(address)
  const href = /^https?:/i.test(address) ? webAddress(address) : null
  if (href === null || isOutside(href, baseUrl)) return href
  const { pathname = '', search = '' } = URL.parse(href) ?? {}
  return pathname.startsWith('/attachment/') ? ownPath(pathname + search) : href
}

/** Whether an address made by `safeLink` leads away from our site. Mail does. */
export function isOutside(href: string, baseUrl: string | undefined): boolean {
  if (href.startsWith('/')) return false
  return !baseUrl || URL.parse(href)?.origin !== URL.parse(baseUrl)?.origin
}

/** The number in `/post/678` and the like, by path or by the full address of our site; null for any other address. */
export function numberIn(place: 'post' | 'profile', href: string, baseUrl: string | undefined): number | null {
  if (isOutside(href, baseUrl)) return null
  const path = href.startsWith('/') ? href : (URL.parse(href)?.pathname ?? '')
  const id = Number(new RegExp(`^/${place}/([1-9][0-9]{0,15})(?:-[^/?#]*)?/?$`).exec(path)?.[1])
  return Number.isSafeInteger(id) ? id : null
}

function webAddress(address: string): string | null {
  const url = URL.parse(address)
  // A name before the host is only there to deceive ("https://bank.example@elsewhere.example").
  if (!url || url.username || url.password || !/^https?:$/.test(url.protocol) || !host.test(url.hostname)) return null
  return notTooLong(url.origin + tidy(url))
}

function ownPath(address: string): string | null {
  const url = URL.parse(address, ownBase)
  if (url?.origin !== ownBase || /^\/[/\\]/.test(address)) return null
  const path = tidy(url)
  // "/.//elsewhere" comes out as "//elsewhere", which is another site.
  return path.startsWith('//') ? null : notTooLong(path)
}

/** Foreign letters become three times as long or more. */
function notTooLong(href: string): string | null {
  return href.length <= longestLink ? href : null
}

/** What the URL parser lets stand although no address may hold it, and what Markdown or BBCode could trip over. */
function tidy(url: URL): string {
  return (url.pathname + url.search + url.hash).replace(/[[\]\\`|^{}"<>\s]/g, encodeURIComponent)
}

/** The address alone: what follows a "?" could fill in a mail in someone's name. */
function mailAddress(address: string): string | null {
  const found = /^mailto:([^\s@<>()"[\]\\&?|`,;:%]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:\?|$)/i.exec(address)
  return found ? notTooLong(`mailto:${found[1]}`) : null
}
