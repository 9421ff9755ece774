import { tooComplex } from '../limits.ts'
import type { Align, Block, Line, Mark } from './document.ts'
import { type Place, readInline } from './read-inline.ts'
import { type Element, hasClass } from './tree.ts'

const mostCells = 5000

/** A table as Markdown knows them: the first row is the head, every row as wide as the widest, cells of one line. */
export function readTable(table: Element, place: Place, marks: readonly Mark[]): Block[] {
  const cells = rowsOf(table).map(row => childrenOf(row).filter(child => /^t[hd]$/.test(child.tag)))
  const width = Math.max(0, ...cells.map(row => row.length))
  if (width * cells.length > mostCells) throw tooComplex()
  const rows = cells.map(row => {
    const lines = row.map(cell => trimStart(readInline(cell.children, place, marks)))
    return [...lines, ...Array<Line>(width - row.length).fill([])]
  })
  const found: Block[] = captionOf(table, place, marks)
  if (rows.some(row => row.some(line => line.length > 0))) {
    const columns = Array.from({ length: width }, (_, at) => alignOf(cells[0]?.[at]))
    found.push({ type: 'table', columns, rows })
  }
  return found
}

function childrenOf(element: Element): Element[] {
  return element.children.filter(child => typeof child !== 'string')
}

function rowsOf(element: Element): Element[] {
  return childrenOf(element).flatMap(child => {
    if (child.tag === 'tr') return [child]
    return /^t(?:head|body|foot)$/.test(child.tag) ? rowsOf(child) : []
  })
}

/** A caption becomes a paragraph before the table. */
function captionOf(table: Element, place: Place, marks: readonly Mark[]): Block[] {
  const caption = childrenOf(table).find(child => child.tag === 'caption')
  const line = caption ? readInline(caption.children, place, marks) : []
  return line.length > 0 ? [{ type: 'paragraph', lines: [line] }] : []
}

function alignOf(cell: Element | undefined): Align {
  if (!cell) return null
  if (hasClass(cell, 'align-right')) return 'right'
  return hasClass(cell, 'align-center') ? 'center' : null
}

/** Unlike a line of text, a cell cannot begin with a wide space. */
function trimStart(line: Line): Line {
  const [first, ...others] = line
  if (first?.type !== 'text') return line
  const text = first.text.trimStart()
  return text ? [{ ...first, text }, ...others] : others
}
