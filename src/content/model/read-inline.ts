import { isBareLink } from '../links/find-links.ts'
import { isOutside, numberIn, safeImage, safeLink } from '../links/safe-url.ts'
import { cleanLine, cleanText } from '../text/clean.ts'
import { isLink, type Leaf, type Line, type Link, type Mark, type Style } from './document.ts'
import { ownFile, type Pictures, pictureLeaf, withoutOwnLink } from './pictures.ts'
import { type Loose, readLines } from './read-lines.ts'
import { type Element, hasClass, type Node, textOf } from './tree.ts'

/** Names by the number of the member, and of the post whose author is quoted. */
export type Names = {
  readonly members?: Readonly<Record<number, string>>
  readonly posts?: Readonly<Record<number, string>>
  /** When those posts were written, in milliseconds. */
  readonly times?: Readonly<Record<number, number>>
  /** The pictures that this forum keeps, as far as the text may show them. */
  readonly pictures?: Pictures
}

/** Where in a document something is read. */
export type Place = {
  readonly baseUrl?: string | undefined
  readonly names?: Names | undefined
  readonly stored: boolean
  /** Whether a bare address on a line of its own may become more than a link here. */
  readonly embeds: boolean
  readonly depth: number
}

const styles: ReadonlyMap<string, Style> = new Map([
  ['b', 'strong'],
  ['strong', 'strong'],
  ['em', 'em'],
  ['i', 'em'],
  ['u', 'u'],
  ['ins', 'u'],
  ['s', 's'],
  ['del', 's'],
  ['strike', 's'],
])

const longestName = 150
const transparent = new Set(['span', 'label', 'input', 'time'])
const codeTags = new Set(['code', 'kbd', 'samp', 'tt'])

/** Passes on everything inside of paragraphs, in order, and hands over the elements that are none of that. */
export function walk(
  nodes: readonly Node[],
  place: Place,
  marks: readonly Mark[],
  take: (loose: Loose) => void,
  onBlock: (element: Element, marks: readonly Mark[]) => void,
): void {
  for (const node of nodes) {
    const inner = typeof node === 'string' ? null : marksWithin(node, place, marks)
    const loose = readLeaf(node, place, marks)
    if (loose) take(loose)
    else if (typeof node === 'string') continue
    else if (inner) walk(node.children, place, inner, take, onBlock)
    else onBlock(node, marks)
  }
}

/** All of it on one line, whatever blocks it stands in: for headings and cells. */
export function readInline(nodes: readonly Node[], place: Place, marks: readonly Mark[]): Line {
  const run: Loose[] = []
  const space = () => void run.push({ type: 'text', text: ' ', marks: [] })
  const take = (loose: Loose) => (loose === 'break' ? space() : void run.push(loose))
  const onBlock = (element: Element, marksThere: readonly Mark[]) => {
    space()
    if (element.tag === 'pre') take({ type: 'code', text: codeText(element), marks: marksThere })
    else walk(element.children, place, marksThere, take, onBlock)
    space()
  }
  walk(nodes, place, marks, take, onBlock)
  return readLines(run, place.baseUrl)[0] ?? []
}

function readLeaf(node: Node, place: Place, marks: readonly Mark[]): Loose | null {
  if (typeof node === 'string') return { type: 'text', text: cleanText(node), marks }
  if (node.tag === 'br') return 'break'
  if (node.tag === 'img') return readImage(node, place, marks)
  if (place.stored && hasClass(node, 'remote')) return readRemote(node, marks)
  if (codeTags.has(node.tag)) return { type: 'code', text: codeText(node), marks }
  return node.tag === 'a' && hasClass(node, 'mention') ? readMention(node, place, marks) : null
}

function codeText(element: Element): string {
  return cleanText(textOf(element)).replace(/\n/g, ' ')
}

function readImage({ attributes }: Element, place: Place, marks: readonly Mark[]): Leaf {
  const alt = cleanLine(attributes.alt ?? '')
  if (place.stored) return readStoredImage(attributes, alt, marks)
  const src = safeImage(attributes.src ?? '', place.baseUrl)
  const isOwn = src?.startsWith('/') && ownFile(src) === null
  if (!src || isOwn) return { type: 'text', text: alt, marks }
  return pictureLeaf({ type: 'image', src, alt, marks }, place.names?.pictures)
}

/** As `writePicture` wrote it, or the way in which pictures elsewhere were stored once. */
function readStoredImage(attributes: Element['attributes'], alt: string, marks: readonly Mark[]): Leaf {
  const own = ownFile(attributes.src ?? '')
  const source = attributes['data-source']
  const size = attributes.width ? { width: Number(attributes.width), height: Number(attributes.height) } : {}
  if (!own) return { type: 'image', src: attributes.src ?? '', alt, marks }
  const kept = source === undefined ? { src: own.src } : { src: source, kept: own.src }
  return withoutOwnLink({ type: 'image', ...kept, alt, ...size, marks }, own.id)
}

function readRemote(element: Element, marks: readonly Mark[]): Leaf {
  const src = element.attributes.href ?? element.attributes['data-src'] ?? ''
  const text = textOf(element)
  return { type: 'image', src, alt: text === src ? '' : text, marks }
}

function readMention(element: Element, place: Place, marks: readonly Mark[]): Leaf | null {
  const member = numberIn('profile', element.attributes.href ?? '', place.baseUrl)
  const typed = cleanLine(textOf(element)).replace(/^@\s*/, '')
  if (member === null || typed === '' || typed.length > longestName) return null
  const name = place.names?.members ? place.names.members[member] : typed
  const plain = name === undefined || marks.some(isLink)
  return plain ? { type: 'text', text: `@${name ?? typed}`, marks } : { type: 'mention', member, name, marks }
}

/** The marks of what is in this element; null when it is a block. */
function marksWithin(element: Element, place: Place, marks: readonly Mark[]): readonly Mark[] | null {
  const style = hasClass(element, 'spoiler') && element.tag === 'span' ? 'spoiler' : styles.get(element.tag)
  if (style) return marks.includes(style) ? marks : [...marks, style]
  if (transparent.has(element.tag)) return marks
  if (element.tag !== 'a') return null
  const link = marks.some(isLink) ? null : readLink(element, place)
  return link ? [...marks, link] : marks
}

function readLink(element: Element, place: Place): Link | null {
  const typed = element.attributes.href ?? ''
  const safe = safeLink(typed)
  if (!safe) return null
  const [text, ...others] = element.children
  const isAddress = typeof text === 'string' && others.length === 0 && isBareLink(text, safe)
  // A link that says its address keeps it: another one would not be what it says.
  const href = place.stored ? typed : isAddress ? safe : ownPathOf(safe, place.baseUrl)
  const bare = hasClass(element, 'embed') && isAddress && href === safe
  return { href, outside: place.stored ? 'rel' in element.attributes : isOutside(href, place.baseUrl), bare }
}

/** What is kept here is linked by its path, wherever the forum may move; other addresses stay as they are. */
function ownPathOf(href: string, baseUrl: string | undefined): string {
  if (href.startsWith('/') || isOutside(href, baseUrl)) return href
  const { pathname = '', search = '' } = URL.parse(href) ?? {}
  return ownFile(pathname + search)?.src ?? href
}
