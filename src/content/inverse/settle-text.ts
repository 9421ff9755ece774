import { isPunctuation, isSpace, isWord } from './characters.ts'
import { isTextSign, withoutSigns, writeEdges } from './signs.ts'

// Quotes, items and indentation before the text of a line: what stands there as a sign is text.
const containers = /^(?:> ?|[-*] |\d{1,9}[.)] | +)*/

/** Writes the text in a line, with a backslash before each character that would be read as markup. */
export function settleText(line: string): string {
  const plain = withoutSigns(line)
  const start = containers.exec(line)?.[0].length ?? 0
  const ends = [blockSignIn(plain, start), closingSignIn(plain)]
  let text = ''
  for (let at = 0; at < line.length; at++) {
    const character = plain.charAt(at)
    const isText = isTextSign(line.charAt(at))
    const escaped = isText && (ends.includes(at) || isMarkup(line, plain, at))
    text += isText ? `${escaped ? '\\' : ''}${character}` : line.charAt(at)
  }
  return writeEdges(text)
}

/** The character that would make this line more than a paragraph: a heading, quote, item, rule, table or spoiler. */
function blockSignIn(plain: string, start: number): number {
  const text = plain.slice(start)
  if (/^(?:#{1,6}(?!\S)|>|[-+*](?!\S)|[-:|][-:|\s]*$)/.test(text)) return start
  const number = /^\d{1,9}(?=[.)](?!\S))/.exec(text)
  return number ? start + number[0].length : -1
}

/** "#" at the end of a heading would be taken for its closing. */
function closingSignIn(plain: string): number {
  const found = /(?<!\S)#+$/.exec(plain)
  return found ? found.index : -1
}

function isMarkup(line: string, plain: string, at: number): boolean {
  const before = plain[at - 1]
  const after = plain[at + 1]
  switch (plain[at]) {
    case '`':
    case '[':
    case ']':
      return true
    case '\\':
      return after === undefined || isPunctuation(after)
    case '*':
      return !isSpace(before) || !isSpace(after)
    case '!':
    case '@':
      return line[at + 1] === '['
    case '(':
      return line[at - 1] === ']'
    // An address that is a link was written as it is; this one must stay text.
    case ':':
      return plain.startsWith('//', at + 1)
    case '<':
      return isAddressFrom(plain, at + 1)
    case '_':
    case '~':
    case '+':
    case '|':
      return isMarkupRun(line, plain, at)
    default:
      return false
  }
}

/** The same for signs that count by how many stand together. */
function isMarkupRun(line: string, plain: string, at: number): boolean {
  const sign = plain.charAt(at)
  let start = at
  let end = at + 1
  while (plain[start - 1] === sign) start--
  while (plain[end] === sign) end++
  if (line.slice(start, end).includes(sign)) return true
  const before = plain[start - 1]
  const after = plain[end]
  if (sign === '_') return !isWord(before) || !isWord(after)
  if (sign === '~' || end - start !== 2) return end - start > 1 && sign === '~'
  // "C++" and "a || b" begin nothing, and end nothing where no mark of that kind is.
  return line.includes(sign + sign) || !(isWord(before) || (isSpace(before) && isSpace(after)))
}

/** Whether a "<" before this could begin `<https://…>`. */
function isAddressFrom(plain: string, start: number): boolean {
  let end = start
  while (end < plain.length && !/[\s<>]/.test(plain.charAt(end))) end++
  return end > start && plain[end] === '>'
}
