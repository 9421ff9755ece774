import { replaceTag, unwrap } from './rebuild.ts'
import { stylesOf, stylesToTags, withoutStyles } from './styles.ts'
import { settleTables } from './tables.ts'
import { listsOfWord } from './word-lists.ts'

const dropped =
  'style, script, meta, link, title, xml, template, noscript, iframe, object, svg, math, button, select, textarea'

/** Attributes that mean something to the editor. */
const kept: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'class'],
  img: ['src', 'alt', 'width', 'height'],
  ol: ['start'],
  li: ['data-checked'],
  input: ['type', 'checked'],
  blockquote: ['class', 'data-post'],
  span: ['class', 'data-upload'],
  details: ['class'],
  code: ['class'],
  th: ['class'],
  td: ['class'],
}

/** Gives pictures that cannot be shown from where they are the numbers of uploads; null leaves them out. */
type Take = (sources: readonly string[]) => readonly (string | null)[]

/**
 * The structure of what another program put on the clipboard, and nothing of its look. Styles are read as attributes and
 * become tags: under our policy the browser does not apply them, so the editor could not see them.
 */
export function cleanHtml(html: string, take: Take): string {
  // From this editor, or one of its kind: it has the structure that it needs.
  if (html.includes('data-pm-slice')) return withoutStyles(html)
  const { body } = new DOMParser().parseFromString(withoutStyles(html), 'text/html')
  for (const element of body.querySelectorAll(dropped)) element.remove()
  removeComments(body)
  listsOfWord(body)
  codeOfEditors(body)
  stylesToTags(body)
  settleLists(body)
  settleTables(body)
  settleImages(body, take)
  settleLinks(body)
  for (const element of [...body.querySelectorAll('*')]) scrub(element)
  removeEmpty(body)
  return body.innerHTML
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

function settleImages(body: HTMLElement, take: Take): void {
  const away = [...body.querySelectorAll('img')].filter(image => !/^https?:/i.test(image.getAttribute('src') ?? ''))
  for (const image of body.querySelectorAll('img')) if (isDot(image)) image.remove()
  const images = away.filter(image => !isDot(image))
  const uploads = images.length > 0 ? take(images.map(image => image.getAttribute('src') ?? '')) : []
  images.forEach((image, at) => {
    const place = document.createElement('span')
    place.dataset.upload = uploads[at] ?? ''
    if (uploads[at]) image.replaceWith(place)
    else image.remove()
  })
}

/** What only counts who reads. */
function isDot(image: Element): boolean {
  return image.getAttribute('width') === '1' || image.getAttribute('height') === '1'
}

function settleLinks(body: HTMLElement): void {
  // A link is underlined by itself.
  for (const line of body.querySelectorAll('u')) {
    if (line.querySelector('a')?.textContent === line.textContent) unwrap(line)
  }
  for (const link of body.querySelectorAll('a')) {
    const href = link.getAttribute('href') ?? ''
    if (!/^(?:https?:\/\/|mailto:)/i.test(href) || !(link.textContent?.trim() || link.querySelector(pictures)))
      unwrap(link)
  }
}

/** Only what the editor reads stays of its attributes, and elements of other programs are only their content. */
function scrub(element: Element): void {
  const tag = element.localName
  const keep = kept[tag] ?? []
  for (const { name } of [...element.attributes]) if (!keep.includes(name)) element.removeAttribute(name)
  const isForeign = tag.includes(':') || tag === 'font' || tag === 'center'
  if (isForeign || (tag === 'span' && element.className !== 'spoiler' && !element.hasAttribute('data-upload')))
    unwrap(element)
  if (/^h[1-6]$/.test(tag)) for (const bold of element.querySelectorAll('b, strong')) unwrap(bold)
  if (tag === 'div' && element.closest('li, td, th')) replaceTag(element, 'p')
}

const pictures = 'img, [data-upload]'

/** Empty paragraphs stand for space in other programs; here paragraphs have it by themselves. */
function removeEmpty(body: HTMLElement): void {
  for (const mark of body.querySelectorAll('b, strong, i, em, u, s')) {
    if (mark.textContent === '' && !mark.querySelector(pictures)) mark.remove()
  }
  for (const block of [...body.querySelectorAll('p, div, h1, h2, h3, h4, h5, h6, li, blockquote')].reverse()) {
    const isSaying = block.textContent?.trim() || block.querySelector(`${pictures}, input, hr, table, pre`)
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
