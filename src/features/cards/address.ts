/** As long as a stored link may be. */
const longest = 2000

/**
 * Under which address the card of a link is kept: without the part of the page that it leads to. Null for what leads to
 * no page elsewhere. `origin` is ours.
 */
export function cardAddress(href: string, origin: string): string | null {
  const url = URL.parse(href)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null
  if (url.origin === URL.parse(origin)?.origin || !url.hostname.includes('.')) return null
  url.hash = ''
  return url.href.length <= longest ? url.href : null
}
