import { readFile } from 'node:fs/promises'

/** One entry of the list at oembed.com, as far as we use it. */
interface Provider {
  readonly endpoints: readonly { readonly schemes?: readonly string[]; readonly url: string }[]
}

/**
 * Where to ask what a page is about, if its provider is in the list of oembed.com; null otherwise. Read anew each time: it
 * is rarely asked for, and large.
 */
export async function oembedAddress(address: string): Promise<string | null> {
  const page = new URL(address)
  const list = await readFile(new URL(import.meta.resolve('oembed-providers')), 'utf8')
  const endpoints = (JSON.parse(list) as Provider[]).flatMap(provider => provider.endpoints)
  const found = endpoints.find(({ schemes = [] }) => schemes.some(scheme => fits(scheme, page)))
  const endpoint = found ? URL.parse(found.url.replace('{format}', 'json')) : null
  if (!endpoint) return null
  endpoint.searchParams.set('url', address)
  endpoint.searchParams.set('format', 'json')
  return endpoint.href
}

/** Whether a page has an address like `https://*.example.org/photos/*`. A star in the host stands for parts of the name. */
export function fits(scheme: string, { protocol, hostname, pathname, search }: URL): boolean {
  const [, start, host = '', path = ''] = /^(https?:)\/\/([^/]+)(\/.*)$/.exec(scheme) ?? []
  return start === protocol && matches(host, hostname) && matches(path, pathname + search)
}

/** Each star stands for anything; looks at each character once for each piece, whatever the text. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return text === first
  let at = first.length
  if (!text.startsWith(first)) return false
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.endsWith(last) && text.length - last.length >= at
}
