import type { Style } from '../model/document.ts'

/*
 * While Markdown is put together, the characters that may need a backslash, the ends of marks and the borders of cells
 * are Unicode's noncharacters, which no text of ours holds. What each becomes is decided when its line is complete.
 */
const firstSign = 0xfdd0

/** Characters of text that mean something in our Markdown, in some place or other. */
const special = '\\`*_[]<~+|!@(#>-.):'
const marks: readonly Style[] = ['strong', 'em', 'u', 's', 'spoiler']
const firstMark = firstSign + special.length

export const cellBorder = String.fromCharCode(firstMark + marks.length * 2)
const imageStart = String.fromCharCode(firstMark + marks.length * 2 + 1)
const codeEdge = String.fromCharCode(firstMark + marks.length * 2 + 2)

const edges = new Map([
  [cellBorder, '|'],
  [imageStart, '!'],
  [codeEdge, '`'],
])

const signs = /[\uFDD0-\uFDEF]/
const allSigns = /[\uFDD0-\uFDEF]/g

/**
 * The "!" of images and the outer "`" of code, put into the HTML as text. Turndown moves spaces out of an element when
 * its text ends with them, and would do so with the space before an image or in code. When a quoted post was written is
 * left out with the space before it: it is looked up anew.
 */
export function withEdges(html: string): string {
  return html
    .replace(/ <time [^>]*>[^<]*<\/time>/g, '')
    .replaceAll('<img ', `${imageStart}<img `)
    .replace(/(?<!<pre>)<code>/g, `${codeEdge}<code>`)
    .replace(/<\/code>(?!<\/pre>)/g, `</code>${codeEdge}`)
}

/** Whether a sign stands for a character of text, and not for one that we write. */
export function isTextSign(character: string): boolean {
  const at = character.charCodeAt(0) - firstSign
  return at >= 0 && at < special.length
}

/** What is left to write once all text and marks of a line are. */
export function writeEdges(line: string): string {
  const cells = line.includes(cellBorder) ? line.replaceAll('|', '\\|') : line
  return cells.replace(allSigns, sign => edges.get(sign) ?? '')
}

/** Text on its way: every character that might be taken for markup is a sign now. */
export function signed(text: string): string {
  return text.replace(/[\\`*_[\]<~+|!@(#>\-.):]/g, character =>
    String.fromCharCode(firstSign + special.indexOf(character)),
  )
}

export function marked(mark: Style, content: string): string {
  const sign = firstMark + marks.indexOf(mark) * 2
  return `${String.fromCharCode(sign)}${content}${String.fromCharCode(sign + 1)}`
}

export function hasSigns(line: string): boolean {
  return signs.test(line)
}

/** Which mark begins or ends here. */
export function markSign(character: string): { mark: Style; ends: boolean } | null {
  const at = character.charCodeAt(0) - firstMark
  const mark = at >= 0 ? marks[at >> 1] : undefined
  return mark ? { mark, ends: at % 2 === 1 } : null
}

/** The characters of text that signs stand for; ends of marks look like the punctuation that they will be. */
export function withoutSigns(line: string): string {
  return line.replace(allSigns, sign => special[sign.charCodeAt(0) - firstSign] ?? edges.get(sign) ?? '*')
}
