import { findLinks, isBareLink } from '../links/find-links.ts'
import { safeLink } from '../links/safe-url.ts'
import { type DomNode, hasClass, type Rule } from './dom.ts'
import { marked, signed } from './signs.ts'

export const inlineRules: Readonly<Record<string, Rule>> = {
  br: () => '\n',
  strong: content => marked('strong', content),
  em: content => marked('em', content),
  u: content => marked('u', content),
  s: content => marked('s', content),
  span: content => marked('spoiler', content),
  code: (_, node) => writeCode(node.textContent),
  // The "!" of an image and the outer signs of code are there already, see `withEdges`.
  img: (_, node) => leading(signed(node.getAttribute('alt') ?? ''), node.getAttribute('src') ?? ''),
  a: (content, node) => (hasClass(node, 'mention') ? writeMention(node) : writeLink(content, node)),
  // The box of a task is written with the beginning of its item.
  input: () => '',
}

function writeCode(text: string): string {
  const runs = new Set((text.match(/`+/g) ?? []).map(run => run.length))
  let length = 1
  while (runs.has(length)) length++
  const padding = /^`|`$|^ .* $/s.test(text) ? ' ' : ''
  const rest = '`'.repeat(length - 1)
  return rest + padding + text + padding + rest
}

function writeMention(node: DomNode): string {
  return `@[${label(signed(node.textContent.replace(/^@/, '')))}](${node.getAttribute('href')})`
}

/** A link whose text is its address is that address, in `<>` where it would run into its neighbours or embed. */
function writeLink(content: string, node: DomNode): string {
  const href = node.getAttribute('href') ?? ''
  const text = node.textContent
  const isText = node.childNodes.length === 1 && node.firstChild?.nodeName === '#text'
  if (hasClass(node, 'embed')) return text
  if (!isText || /[[\]\\`<>\s]/.test(text) || safeLink(text) !== href) return leading(content, href)
  if (!isAlone(node) && isBareLink(text, href) && standsFree(text, node)) return text
  return /^https?:/i.test(text) ? `<${text}>` : leading(content, href)
}

/** What shows `content` and leads to, or comes from, this address. */
function leading(content: string, href: string): string {
  return `[${label(content)}](${destination(href)})`
}

/** "[/b]" would end what is bold, in the text of a link too. */
function label(content: string): string {
  return /^\/[a-z]{1,7}(?=$|[= ])/i.test(content) ? `\\${content}` : content
}

/** Whether it is a link by itself between its neighbours too, and does not end with a sign that closes a mark. */
function standsFree(text: string, node: DomNode): boolean {
  const after = textAfter(node)
  if (after === null || !isClearBefore(node) || /[*_~|+]$/.test(text)) return false
  return findLinks(text + after)[0]?.end === text.length
}

/** The punctuation between the link and the next space; null when more follows without one. */
function textAfter({ nextSibling: after, parentNode }: DomNode): string | null {
  if (isLineEnd(after)) return isBlock(parentNode) ? '' : null
  const [, signs, rest] = /^([,.;:!?)]*)(\s?)/.exec(after?.nodeValue ?? 'x') ?? []
  const ends = rest !== '' || (signs === after?.nodeValue && isLineEnd(after?.nextSibling) && isBlock(parentNode))
  return signs !== undefined && ends ? signs : null
}

function isClearBefore({ previousSibling: before, parentNode }: DomNode): boolean {
  return isLineEnd(before) ? isBlock(parentNode) : /(?:^|\s)\(?$/.test(before?.nodeValue ?? 'x')
}

function isAlone(node: DomNode): boolean {
  return node.parentNode.nodeName === 'P' && isLineEnd(node.previousSibling) && isLineEnd(node.nextSibling)
}

function isLineEnd(neighbour: DomNode | null | undefined): boolean {
  return !neighbour || neighbour.nodeName === 'BR'
}

function isBlock(node: DomNode): boolean {
  return /^(?:P|LI|LABEL|H3|H4|T[HD])$/.test(node.nodeName)
}

/** Brackets and what looks like an entity would be read as more than the address. */
function destination(href: string): string {
  return href.replace(/[()]|&(?=#?[a-z0-9]+;)/gi, '\\$&')
}
