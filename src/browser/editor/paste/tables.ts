import { replaceTag, unwrap } from './rebuild.ts'

/** Tables with one line in each cell; those that only place things on a page are no tables. */
export function settleTables(body: HTMLElement): void {
  for (const table of body.querySelectorAll('table')) if (isLayout(table)) dissolve(table)
  for (const caption of body.querySelectorAll('table > caption')) {
    const paragraph = replaceTag(caption, 'p')
    paragraph.closest('table')?.before(paragraph)
  }
  for (const group of body.querySelectorAll('colgroup, col')) group.remove()
  for (const cell of body.querySelectorAll('td, th')) {
    for (const block of [...cell.querySelectorAll('*')].filter(({ localName }) => flattened.test(localName))) {
      block.after(' ')
      unwrap(block)
    }
  }
  for (const table of body.querySelectorAll('table')) settleHead(table)
}

/** The first row is the head, as it will be; what stands there is bold by itself. */
function settleHead(table: HTMLTableElement): void {
  for (const cell of table.rows[0]?.querySelectorAll('td') ?? []) replaceTag(cell, 'th')
  for (const bold of table.querySelectorAll('th :is(b, strong)')) unwrap(bold)
}

const flattened = /^(p|div|br|ul|ol|li|h[1-6]|pre|blockquote|hr|details|summary|dl|dt|dd|section|article)$/

function isLayout(table: HTMLTableElement): boolean {
  return table.querySelector('table') !== null || table.querySelectorAll('td, th').length < 2
}

function dissolve(table: HTMLTableElement): void {
  const cells = [...table.querySelectorAll('td, th')].filter(cell => cell.closest('table') === table)
  const inner = cells.map(cell => replaceTag(cell, 'div'))
  table.replaceWith(...inner)
}
