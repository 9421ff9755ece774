import { languageOf } from '../code/languages.ts'
import type { Run } from '../code/paints.ts'
import { writeSigns } from '../text/signs.ts'
import {
  type Align,
  attributionText,
  type Block,
  type Item,
  isLink,
  type Leaf,
  type Line,
  type Link,
  type Mark,
} from './document.ts'
import { writePicture } from './pictures.ts'

/** The HTML that is stored. The same document always gives the same HTML, and reading that gives the same document. */
export function writeHtml(blocks: readonly Block[]): string {
  return blocks.map(writeBlock).join('')
}

function writeBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${writeLines(block.lines)}</p>`
    case 'heading':
      return `<h${block.level}>${writeLine(block.line)}</h${block.level}>`
    case 'embed':
      return `<p>${writeLine(block.line).replace('<a ', '<a class="embed" ')}</p>`
    case 'code':
      return writeCode(block)
    case 'quote':
      return writeQuote(block)
    case 'spoiler':
      return `<details class="spoiler"><summary>Spoiler</summary>${writeHtml(block.blocks)}</details>`
    case 'list':
      return writeList(block)
    case 'table':
      return writeTable(block)
    case 'rule':
      return '<hr>'
  }
}

/** The name of the language is shown above it. */
function writeCode({ language, text, paint }: Block & { type: 'code' }): string {
  const inside = paint ? paint.map(writeRun).join('') : escapeText(text)
  if (!language) return `<pre><code>${inside}</code></pre>`
  const label = languageOf(language)?.label ?? language
  return `<pre data-language="${label}"><code class="language-${language}">${inside}</code></pre>`
}

function writeRun({ paint, text }: Run): string {
  return paint ? `<span class="code-${paint}">${escapeText(text)}</span>` : escapeText(text)
}

function writeQuote({ of, blocks }: Block & { type: 'quote' }): string {
  if (!of) return `<blockquote class="quote">${writeHtml(blocks)}</blockquote>`
  const link = `<a href="/post/${of.post}">${escapeText(attributionText(of.name))}</a>`
  const header = `<header>${link}${of.at === undefined ? '' : writeTime(of.at)}</header>`
  return `<blockquote class="quote" data-post="${of.post}">${header}${writeHtml(blocks)}</blockquote>`
}

/** Scripts make it local, as every time on a page (`shared/time`). */
function writeTime(at: number): string {
  const moment = new Date(at).toISOString()
  return ` <time datetime="${moment}" data-show="moment">${moment.slice(0, 10)}</time>`
}

function writeList({ start, items }: Block & { type: 'list' }): string {
  const tag = start === null ? 'ul' : 'ol'
  const from = start === null || start === 1 ? '' : ` start="${start}"`
  return `<${tag}${from}>${items.map(writeItem).join('')}</${tag}>`
}

/** A paragraph alone, or followed by lists only, stands without `<p>`, as people expect of a list. */
function writeItem({ task, blocks }: Item): string {
  const [first, ...others] = blocks
  if (first?.type !== 'paragraph') return `<li>${writeHtml(blocks)}</li>`
  const box = `<input type="checkbox" disabled${task ? ' checked' : ''}>`
  const text = task === null ? writeLines(first.lines) : `<label>${box}${writeLines(first.lines)}</label>`
  const plain = others.every(block => block.type === 'list')
  return `<li${task === null ? '' : ' class="task"'}>${plain ? text : `<p>${text}</p>`}${writeHtml(others)}</li>`
}

function writeTable({ columns, rows }: Block & { type: 'table' }): string {
  const [head = [], ...body] = rows
  const cells = (tag: string, row: readonly Line[]) =>
    row.map((line, at) => `<${tag}${alignClass(columns[at])}>${writeLine(line)}</${tag.slice(0, 2)}>`).join('')
  const top = `<thead><tr>${cells('th scope="col"', head)}</tr></thead>`
  const rest = body.map(row => `<tr>${cells('td', row)}</tr>`).join('')
  return `<table>${top}${rest && `<tbody>${rest}</tbody>`}</table>`
}

function alignClass(align: Align | undefined): string {
  return align ? ` class="align-${align}"` : ''
}

function writeLines(lines: readonly Line[]): string {
  return lines.map(writeLine).join('<br>')
}

function writeLine(line: Line): string {
  return writeMarked(line, 0)
}

/** Neighbours with the same mark at this depth stand in one element. */
function writeMarked(leaves: readonly Leaf[], depth: number): string {
  let html = ''
  for (let from = 0; from < leaves.length; ) {
    const mark = leaves[from]?.marks[depth]
    let to = from + 1
    if (mark !== undefined) while (to < leaves.length && leaves[to]?.marks[depth] === mark) to++
    const group = leaves.slice(from, to)
    html += mark === undefined ? group.map(writeLeaf).join('') : writeMark(mark, writeMarked(group, depth + 1))
    from = to
  }
  return html
}

function writeMark(mark: Mark, inside: string): string {
  if (isLink(mark)) return writeLink(mark, inside)
  if (mark === 'spoiler') return `<span class="spoiler" tabindex="0">${inside}</span>`
  return `<${mark}>${inside}</${mark}>`
}

function writeLink(link: Link, inside: string): string {
  return `<a href="${writeSigns(link.href)}"${link.outside ? ' rel="ugc nofollow noopener"' : ''}>${inside}</a>`
}

function writeLeaf(leaf: Leaf): string {
  switch (leaf.type) {
    case 'text':
      return escapeText(leaf.text)
    case 'code':
      return `<code>${escapeText(leaf.text)}</code>`
    case 'image':
      return writePicture(leaf)
    case 'mention':
      return `<a class="mention" href="/profile/${leaf.member}">@${escapeText(leaf.name)}</a>`
  }
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, writeSigns)
}
