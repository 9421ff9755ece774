import { paintOf, type Run } from '../code/paints.ts'
import { deepestContainer, tooComplex } from '../limits.ts'
import { numberIn } from '../links/safe-url.ts'
import { cleanText } from '../text/clean.ts'
import { type Attribution, type Block, type Line, linkOf, lonelyLink, type Mark } from './document.ts'
import { type Names, type Place, readInline, walk } from './read-inline.ts'
import { type Loose, readLines } from './read-lines.ts'
import { type ReadBlocks, readList } from './read-list.ts'
import { readTable } from './read-table.ts'
import { type Element, type Node, parseTree, textOf } from './tree.ts'

export type ReadOptions = {
  readonly baseUrl?: string | undefined
  /** Whom mentions and quotes may name; what is not in here loses its link. Left out, names stand as typed. */
  readonly names?: Names | undefined
  /** HTML that was written by us: whether a link leads outside is taken from it. */
  readonly stored?: boolean
}

/** The document in sanitised HTML. Throws Invalid when containers stand too deep in each other. */
export function readHtml(html: string, options: ReadOptions): Block[] {
  return readBlocks(parseTree(html), { ...options, stored: options.stored ?? false, embeds: true, depth: 0 }, [])
}

const readBlocks: ReadBlocks = (nodes, place, marks) => {
  const blocks: Block[] = []
  let run: Loose[] = []
  const endParagraph = () => {
    blocks.push(...readParagraphs(run, place))
    run = []
  }
  const take = (loose: Loose) => void run.push(loose)
  const onBlock = (element: Element, marksThere: readonly Mark[]) => {
    endParagraph()
    const found = readBlock(element, place, marksThere)
    if (found) blocks.push(...found)
    else walk(element.children, place, marksThere, take, onBlock)
    endParagraph()
  }
  walk(nodes, place, marks, take, onBlock)
  endParagraph()
  return blocks
}

/** Null for elements that only hold paragraphs. */
function readBlock(element: Element, place: Place, marks: readonly Mark[]): Block[] | null {
  switch (element.tag) {
    case 'h1':
    case 'h2':
    case 'h3':
      return readHeading(3, element, place, marks)
    case 'h4':
    case 'h5':
    case 'h6':
      return readHeading(4, element, place, marks)
    case 'pre':
      return readCode(element, place)
    case 'blockquote':
      return readQuote(element, place, marks)
    case 'details':
      return readSpoiler(element, place, marks)
    case 'ul':
    case 'ol':
      return readList(element, inside({ ...place, embeds: false }), marks, readBlocks)
    case 'table':
      return readTable(element, place, marks)
    case 'hr':
      return [{ type: 'rule' }]
    default:
      return null
  }
}

function readParagraphs(run: readonly Loose[], place: Place): Block[] {
  const blocks: Block[] = []
  let lines: Line[] = []
  const end = () => {
    if (lines.length > 0) blocks.push({ type: 'paragraph', lines })
    lines = []
  }
  for (const line of readLines(run, place.baseUrl)) {
    const embed = place.embeds && lonelyLink(line) !== undefined
    if (line.length === 0 || embed) end()
    if (embed) blocks.push({ type: 'embed', line })
    else if (line.length > 0) lines.push(line)
  }
  end()
  return blocks
}

function readHeading(level: 3 | 4, element: Element, place: Place, marks: readonly Mark[]): Block[] {
  const line = readInline(element.children, place, marks)
  return line.length > 0 ? [{ type: 'heading', level, line }] : []
}

function readCode(element: Element, place: Place): Block[] {
  const code = element.children.find((child): child is Element => typeof child !== 'string' && child.tag === 'code')
  const language = /(?:^|\s)language-([a-z0-9+#-]{1,30})(?:\s|$)/i.exec(code?.attributes.class ?? '')?.[1] ?? ''
  const text = cleanText(textOf(element))
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
  if (!text) return []
  const block: Block = { type: 'code', language: language.toLowerCase(), text }
  const paint = place.stored && code ? runsIn(code) : []
  return [paint.some(run => run.paint) && paint.map(run => run.text).join('') === text ? { ...block, paint } : block]
}

/** The colours of code as we stored them. */
function runsIn(code: Element): Run[] {
  return code.children.map(child => ({
    paint: typeof child === 'string' ? null : paintOf(child.attributes.class),
    text: textOf(child),
  }))
}

function readSpoiler(element: Element, place: Place, marks: readonly Mark[]): Block[] {
  const [first, ...others] = element.children
  const summary = typeof first === 'object' && first.tag === 'summary' ? first : undefined
  const ownWords = summary && textOf(summary).trim() === 'Spoiler'
  const blocks = readBlocks(ownWords ? others : element.children, inside(place), marks)
  return blocks.length > 0 ? [{ type: 'spoiler', blocks }] : []
}

function readQuote(element: Element, place: Place, marks: readonly Mark[]): Block[] {
  const { children, at } = withoutTime(element)
  const blocks = readBlocks(children, inside({ ...place, embeds: false }), marks)
  const [first, ...others] = blocks
  if (first?.type !== 'paragraph') return blocks.length > 0 ? [{ type: 'quote', of: null, blocks }] : []
  const [line = [], ...lines] = first.lines
  const of = readAttribution(line, place)
  if (!of) return [{ type: 'quote', of, blocks }]
  const rest: Block[] = lines.length > 0 ? [{ type: 'paragraph', lines }, ...others] : others
  if (place.names?.posts === undefined) return [{ type: 'quote', of: dated(of, place.stored ? at : NaN), blocks: rest }]
  const name = place.names.posts[of.post]
  if (name !== undefined) {
    return [{ type: 'quote', of: dated({ ...of, name }, place.names.times?.[of.post] ?? NaN), blocks: rest }]
  }
  const unlinked: Line = line.map(leaf => ({ ...leaf, marks: leaf.marks.filter(mark => mark !== linkOf(leaf)) }))
  return [{ type: 'quote', of: null, blocks: [{ type: 'paragraph', lines: [unlinked, ...lines] }, ...others] }]
}

/** What stands in a quote but the time in its header, and that time. */
function withoutTime({ children }: Element): { children: Node[]; at: number } {
  const [header, ...others] = children
  if (typeof header !== 'object' || header.tag !== 'header') return { children, at: NaN }
  const isTime = (node: Node) => typeof node === 'object' && node.tag === 'time'
  const time = header.children.find((node): node is Element => isTime(node))
  const rest = header.children.filter(node => !isTime(node))
  return { children: [{ ...header, children: rest }, ...others], at: Date.parse(time?.attributes.datetime ?? '') }
}

function dated(of: Attribution, at: number): Attribution {
  return Number.isNaN(at) ? of : { ...of, at }
}

/** `[Name wrote:](/post/678)` alone on a line. */
function readAttribution(line: Line, place: Place): Attribution | null {
  const link = line[0] && linkOf(line[0])
  if (!link || line.some(leaf => leaf.type !== 'text' || linkOf(leaf) !== link)) return null
  const post = numberIn('post', link.href, place.baseUrl)
  const words = line.map(leaf => (leaf.type === 'text' ? leaf.text : '')).join('')
  const name = /^(.+) wrote:$/.exec(words)?.[1]
  return post !== null && name !== undefined ? { post, name } : null
}

function inside(place: Place): Place {
  if (place.depth >= deepestContainer) throw tooComplex()
  return { ...place, depth: place.depth + 1 }
}
