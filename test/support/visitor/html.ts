import { selectAll } from 'css-select'
import { type AnyNode, type Document, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { textContent } from 'domutils'
import { parse } from 'parse5'
import { adapter } from 'parse5-htmlparser2-tree-adapter'

/** The tree that a browser without JavaScript builds. */
export function parseHtml(html: string): Document {
  return parse(html, { treeAdapter: adapter, scriptingEnabled: false })
}

export function findAll(css: string, root: ParentNode): Element[] {
  return selectAll<AnyNode, Element>(css, root)
}

const unseen = new Set(['script', 'style', 'template', 'head', 'datalist', 'svg'])
const inline = /^(a|abbr|b|bdi|button|cite|code|del|em|i|ins|kbd|label|mark|q|s|small|span|strong|sub|sup|time|u)$/

/** What stands there to be read, a line for each block, without what is hidden. */
export function visibleText(root: ParentNode): string {
  const lines = written(root).split('\n')
  return lines
    .map(line => line.replaceAll(/\s+/g, ' ').trim())
    .filter(line => line !== '')
    .join('\n')
}

function written(node: AnyNode): string {
  if (isText(node)) return node.data.replaceAll(/\s+/g, ' ')
  if (isTag(node) && (unseen.has(node.name) || 'hidden' in node.attribs)) return ''
  if (isTag(node) && node.name === 'textarea') return textContent(node)
  if (isTag(node) && node.name === 'br') return '\n'
  const inside = 'children' in node ? node.children.map(written).join('') : ''
  return isTag(node) && !inline.test(node.name) ? `\n${inside}\n` : inside
}

/** What an element says on one line. */
export function words(element: ParentNode): string {
  return visibleText(element).replaceAll('\n', ' ')
}

/** What a label says, without the control in it. */
export function labelWords(label: Element): string {
  const said = label.children.filter(child => !isTag(child) || !/^(input|select|textarea)$/.test(child.name))
  return said
    .map(child => (isTag(child) ? words(child) : written(child)))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

export function closest(element: Element, name: string): Element | undefined {
  for (let node = element.parent; node; node = node.parent) if (isTag(node) && node.name === name) return node
  return undefined
}
