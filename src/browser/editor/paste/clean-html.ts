import { replaceTag, unwrap } from './rebuild.ts'
import { stylesOf, stylesToTags, withoutStyles } from './styles.ts'
import { settleTables } from './tables.ts'
import { listsOfWord } from './word-lists.ts'

const dropped =
  'style, script, meta, link, title, xml, template, noscript, iframe, object, svg, math, button, select, textarea'

/** Attributes that mean something to the editor. */
const kept: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'class'],
  img: ['src', 'alt'],
  ol: ['start'],
  li: ['data-checked'],
  input: ['type', 'checked'],
  blockquote: ['class', 'data-post'],
  span: ['class'],
  details: ['class'],
  code: ['class'],
  th: ['class'],
  td: ['class'],
}

export type Cleaned = {
  readonly html: string
  /** How many pictures were in it that cannot be shown from where they are. */
  readonly images: number
}

/**
 * The structure of what another program put on the clipboard, and nothing of its look. Styles are read as attributes and
 * become tags: under our policy the browser does not apply them, so the editor could not see them.
 */
export function cleanHtml(html: string): Cleaned {
  // From this editor, or one of its kind: it has the structure that it needs.
  if (html.includes('data-pm-slice')) return { html: withoutStyles(html), images: 0 }
  const { body } = new DOMParser().parseFromString(withoutStyles(html), 'text/html')
  for (const element of body.querySelectorAll(dropped)) element.remove()
  removeComments(body)
  listsOfWord(body)
  codeOfEditors(body)
  stylesToTags(body)
  settleLists(body)
  settleTables(body)
  const images = settleImages(body)
  settleLinks(body)
  for (const element of [...body.querySelectorAll('*')]) scrub(element)
  removeEmpty(body)
  return { html: body.innerHTML, images }
}

function removeComments(body: HTMLElement): void {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
}

/** Programs for code copy lines as blocks in a fixed-width font that keeps its spaces. */
function codeOfEditors(body: HTMLElement): void {
  for (const element of body.querySelectorAll('div')) {
    const styles = stylesOf(element)
    const isFixed = /mono|consolas|menlo|courier/.test(styles.get('font-family') ?? '')
    if (!isFixed || !styles.get('white-space')?.startsWith('pre')) continue
    const lines = [...element.children].every(child => /^(DIV|BR)$/.test(child.tagName))
      ? [...element.children].map(child => child.textContent ?? '')
      : [element.textContent ?? '']
    const pre = document.createElement('pre')
    pre.textContent = lines.join('\n')
    element.replaceWith(pre)
  }
}

/** A list right in a list belongs to the item before it; boxes to tick are tasks. */
function settleLists(body: HTMLElement): void {
  for (const list of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) {
    const before = list.previousElementSibling
    if (before?.tagName === 'LI') before.append(list)
  }
  for (const item of body.querySelectorAll<HTMLElement>('li[role=checkbox]')) {
    item.dataset.checked = String(item.ariaChecked === 'true')
    for (const box of item.querySelectorAll('img')) box.remove()
  }
}

function settleImages(body: HTMLElement): number {
  let count = 0
  for (const image of body.querySelectorAll('img')) {
    const isDot = image.getAttribute('width') === '1' || image.getAttribute('height') === '1'
    if (/^https?:/i.test(image.getAttribute('src') ?? '') && !isDot) continue
    if (!isDot) count++
    image.remove()
  }
  return count
}

function settleLinks(body: HTMLElement): void {
  // A link is underlined by itself.
  for (const line of body.querySelectorAll('u')) {
    if (line.querySelector('a')?.textContent === line.textContent) unwrap(line)
  }
  for (const link of body.querySelectorAll('a')) {
    const href = link.getAttribute('href') ?? ''
    if (!/^(?:https?:\/\/|mailto:)/i.test(href) || !(link.textContent?.trim() || link.querySelector('img')))
      unwrap(link)
  }
}

/** Only what the editor reads stays of its attributes, and elements of other programs are only their content. */
function scrub(element: Element): void {
  const tag = element.localName
  const keep = kept[tag] ?? []
  for (const { name } of [...element.attributes]) if (!keep.includes(name)) element.removeAttribute(name)
  const isForeign = tag.includes(':') || tag === 'font' || tag === 'center'
  if (isForeign || (tag === 'span' && element.className !== 'spoiler')) unwrap(element)
  if (/^h[1-6]$/.test(tag)) for (const bold of element.querySelectorAll('b, strong')) unwrap(bold)
  if (tag === 'div' && element.closest('li, td, th')) replaceTag(element, 'p')
}

/** Empty paragraphs stand for space in other programs; here paragraphs have it by themselves. */
function removeEmpty(body: HTMLElement): void {
  for (const mark of body.querySelectorAll('b, strong, i, em, u, s')) if (mark.textContent === '') mark.remove()
  for (const block of [...body.querySelectorAll('p, div, h1, h2, h3, h4, h5, h6, li, blockquote')].reverse()) {
    const isSaying = block.textContent?.trim() || block.querySelector('img, input, hr, table, pre')
    if (!isSaying) block.remove()
  }
  for (const line of body.querySelectorAll('br')) if (isBetweenBlocks(line)) line.remove()
}

const blockTags = /^(P|DIV|H[1-6]|UL|OL|TABLE|BLOCKQUOTE|PRE|HR|DETAILS|BR)$/

function isBetweenBlocks(line: Element): boolean {
  const isBlock = (node: ChildNode | null) => node === null || blockTags.test(node.nodeName)
  const next = (from: ChildNode | null, to: 'previousSibling' | 'nextSibling') => {
    let node = from
    while (node?.nodeType === Node.TEXT_NODE && !node.textContent?.trim()) node = node[to]
    return node
  }
  const before = next(line.previousSibling, 'previousSibling')
  const after = next(line.nextSibling, 'nextSibling')
  return isBlock(before) && isBlock(after)
}
