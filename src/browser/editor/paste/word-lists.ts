import { stylesOf } from './styles.ts'

/** Word writes items of lists as paragraphs with a style of its own, and their numbers as text. */
export function listsOfWord(body: HTMLElement): void {
  let open: { list: Element; level: number }[] = []
  for (const paragraph of [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')]) {
    const level = levelOf(paragraph)
    const isNext = open[0] && paragraph.previousElementSibling === open[0].list
    if (level === null || !isNext) open = []
    if (level === null) continue
    const marker = takeMarker(paragraph)
    const item = paragraph.ownerDocument.createElement('li')
    open = open.filter(one => one.level <= level)
    const last = open.at(-1)
    if (last?.level === level && last.list.localName === tagFor(marker)) last.list.append(item)
    else {
      if (last?.level === level) open.pop()
      const list = listFor(paragraph.ownerDocument, marker)
      const outer = open.at(-1)?.list.lastElementChild
      if (outer) outer.append(list)
      else paragraph.before(list)
      open.push({ list, level })
      list.append(item)
    }
    item.append(...paragraph.childNodes)
    paragraph.remove()
  }
}

/** 1 for an item of the outermost list; null for what is no item. */
function levelOf(paragraph: Element): number | null {
  const list = stylesOf(paragraph).get('mso-list')
  const level = list && /\blevel(\d+)/.exec(list)?.[1]
  return level ? Number(level) : null
}

/** The number or bullet that stands before the text, which goes. */
function takeMarker(paragraph: Element): string {
  const marker = [...paragraph.querySelectorAll('span')].find(span => stylesOf(span).get('mso-list') === 'ignore')
  const text = marker?.textContent?.trim() ?? ''
  marker?.remove()
  return text
}

function tagFor(marker: string): 'ul' | 'ol' {
  return /^\(?(?:\d+|[a-z]{1,4})[.)]/i.test(marker) ? 'ol' : 'ul'
}

function listFor(document: Document, marker: string): Element {
  const list = document.createElement(tagFor(marker))
  const start = /^\(?(\d+)/.exec(marker)?.[1]
  if (list.localName === 'ol' && start && start !== '1') list.setAttribute('start', start)
  return list
}
