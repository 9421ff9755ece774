import { trimmedOf } from './characters.ts'
import { type DomNode, hasClass, type Rule } from './dom.ts'
import { cellBorder } from './signs.ts'

export const blockRules: Readonly<Record<string, Rule>> = {
  h3: content => `\n\n## ${content}\n\n`,
  h4: content => `\n\n### ${content}\n\n`,
  // As the first thing in an item, "---" would make one line of signs with the item's own.
  hr: (_, node) => (isFirstInItem(node) ? '___\n\n' : '\n\n---\n\n'),
  pre: (_, node) => writeCodeBlock(node),
  blockquote: content => `\n\n${prefixed(trimmed(content), '> ', '> ')}\n\n`,
  details: content => writeSpoiler(trimmed(content)),
  summary: () => '',
  ul: (content, node) => writeList(content, node),
  ol: (content, node) => writeList(content, node),
  li: (content, node) => writeItem(trimmed(content), node),
  table: content => `\n\n${trimmed(content)}\n\n`,
  thead: (content, node) => `${content}${writeRuler(node)}\n`,
  tbody: content => content,
  tr: content => `\n${content}${cellBorder}\n`,
  th: content => `${cellBorder} ${content} `,
  td: content => `${cellBorder} ${content} `,
}

function writeCodeBlock(node: DomNode): string {
  const text = node.textContent
  const language = /language-(\S+)/.exec(node.firstChild?.getAttribute('class') ?? '')?.[1] ?? ''
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  return `\n\n${fence}${language}\n${text}\n${fence}\n\n`
}

/** With as many signs as end no line inside. */
function writeSpoiler(content: string): string {
  const taken = new Set([...content.matchAll(/(?<!\|)(\|+)[ \t]*$/gm)].map(([, signs = '']) => signs.length))
  let length = 2
  while (taken.has(length)) length++
  const signs = '|'.repeat(length)
  return `\n\n${signs}\n${content}\n${signs}\n\n`
}

/** A list right below the text of its item needs no empty line, unless its first number would be taken for a word. */
function writeList(content: string, node: DomNode): string {
  const { parentNode: parent, previousSibling: before } = node
  const belowText =
    parent.nodeName === 'LI' &&
    before !== null &&
    /^(?:#text|LABEL|A|B|BR|CODE|EM|IMG|S|SPAN|STRONG|U)$/.test(before.nodeName)
  const canFollow = node.nodeName === 'UL' || !node.hasAttribute('start')
  return `${belowText && canFollow ? '\n' : '\n\n'}${content}\n\n`
}

function writeItem(content: string, node: DomNode): string {
  const list = node.parentNode
  const even = likeBefore(list) % 2 === 0
  const number = Number(list.getAttribute('start') ?? 1) + likeBefore(node)
  const marker = list.nodeName === 'UL' ? (even ? '-' : '*') : `${number}${even ? '.' : ')'}`
  const box = node.getElementsByTagName('input')[0]
  const task = hasClass(node, 'task') ? `[${box?.hasAttribute('checked') ? 'x' : ' '}] ` : ''
  return `${prefixed(`${task}${content}`, `${marker} `, ' '.repeat(marker.length + 1))}\n`
}

/** What `likeBefore` said of a node; the next one is counted from there. */
const counted = new WeakMap<DomNode, number>()

/** How many siblings of the same name stand right before it. */
function likeBefore(node: DomNode): number {
  let count = 0
  for (let before = node.previousSibling; before?.nodeName === node.nodeName; before = before.previousSibling) {
    count++
    const known = counted.get(before)
    if (known === undefined) continue
    count += known
    break
  }
  counted.set(node, count)
  return count
}

function isFirstInItem(node: DomNode): boolean {
  return node.parentNode.nodeName === 'LI' && node.previousSibling === null
}

function writeRuler(head: DomNode): string {
  const cells = Array.from(head.getElementsByTagName('th'))
  const sides = cells.map(cell =>
    hasClass(cell, 'align-right') ? '--:' : hasClass(cell, 'align-center') ? ':-:' : '---',
  )
  return `${sides.map(side => `${cellBorder} ${side} `).join('')}${cellBorder}`
}

/** Empty lines get no more than the sign of a quote. */
function prefixed(content: string, first: string, others: string): string {
  return content
    .split('\n')
    .map((line, at) => (at === 0 ? first + line : line === '' ? others.trimEnd() : others + line))
    .join('\n')
}

function trimmed(content: string): string {
  return trimmedOf(content, '\n', '\n')
}
