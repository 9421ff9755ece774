import type { Element } from 'domhandler'
import { findAll, parseHtml } from '../../support/visitor/html.ts'

const origin = 'http://forum.example'

/** Elements that have no place on a page of ours, wherever they come from. */
const banned =
  'iframe, frame, object, embed, applet, base, math, style, template, noscript, marquee, foreignObject, animate, set, ' +
  'svg a, svg image, meta[http-equiv], link[rel=import], script:not([src])'
const addresses = [
  'href',
  'src',
  'action',
  'formaction',
  'xlink:href',
  'poster',
  'data',
  'background',
  'ping',
  'srcset',
]
const schemes = new Set(['http:', 'https:', 'mailto:'])

/** What on a page could run, or lead to what runs: a line for each. `styled`: style attributes are as they should be. */
export function unsafeIn(html: string, { styled = false } = {}): string[] {
  const page = parseHtml(html)
  const elements = findAll(banned, page).map(({ name }) => `<${name}>`)
  const attributes = findAll('*', page).flatMap(element => unsafeAttributes(element, styled))
  return [...elements, ...attributes]
}

function unsafeAttributes({ name, attribs }: Element, styled: boolean): string[] {
  return Object.entries(attribs)
    .filter(([attribute, value]) => isUnsafe(name, attribute.toLowerCase(), value, styled))
    .map(([attribute, value]) => `<${name} ${attribute}="${value.slice(0, 60)}">`)
}

function isUnsafe(element: string, attribute: string, value: string, styled: boolean): boolean {
  if (attribute.startsWith('on') || attribute === 'srcdoc') return true
  if (attribute === 'style') return !styled
  if (!addresses.includes(attribute)) return false
  if (!URL.canParse(value, origin)) return false
  const url = new URL(value, origin)
  const stays = element === 'script' || element === 'form' || element === 'button' || element === 'link'
  return !schemes.has(url.protocol) || (stays && !styled && url.origin !== origin && !isCanonical(element, url))
}

/** The canonical address names the forum, wherever it listens. */
function isCanonical(element: string, { hostname }: URL): boolean {
  return element === 'link' && hostname === '127.0.0.1'
}
