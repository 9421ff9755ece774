import { isPunctuation, isSpace, isWord } from './characters.ts'
import { isTextSign, withoutSigns, writeEdges } from './signs.ts'

// Quotes, items and indentation before the text of a line: what stands there as a sign is text.
const containers = /^(?:> ?|[-*] |\d{1,9}[.)] | +)*/

/** Writes the text in a line, with a backslash before each character that would be read as markup. */
export function settleText(line: string): string {
  const plain = withoutSigns(line)
  const start = containers.exec(line)?.[0].length ?? 0
  const ends = [blockSignIn(plain, start), closingSignIn(plain)]
  const inRuns = markupRuns(line, plain)
  let text = ''
  for (let at = 0; at < line.length; at++) {
    const character = plain.charAt(at)
    if (!isTextSign(line.charAt(at))) text += line.charAt(at)
    else if (ends.includes(at) || inRuns.has(at) || isMarkup(line, plain, at)) text += `\\${character}`
    else text += character
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
    default:
      return false
  }
}

/** Where the signs stand that count by how many there are together, and here count as marks. */
function markupRuns(line: string, plain: string): Set<number> {
  const places = new Set<number>()
  const marksIn = new Set(['++', '||'].filter(mark => line.includes(mark)))
  for (const { 0: run, index } of plain.matchAll(/([_~+|])\1*/g)) {
    const isMixed = line.slice(index, index + run.length).includes(run.charAt(0))
    if (!isMixed && !isMark(run, plain[index - 1], plain[index + run.length], marksIn)) continue
    for (let at = index; at < index + run.length; at++) places.add(at)
  }
  return places
}

/** `marksIn`: the marks that this line holds, which text could end. */
function isMark(run: string, before: string | undefined, after: string | undefined, marksIn: Set<string>): boolean {
  if (run.startsWith('_')) return !isWord(before) || !isWord(after)
  if (run.startsWith('~')) return run.length > 1
  if (run.length !== 2) return false
  // "C++" and "a || b" begin nothing, and end nothing where no mark of that kind is.
  return marksIn.has(run) || !(isWord(before) || (isSpace(before) && isSpace(after)))
}

/** Whether a "<" before this could begin `<https://…>`. */
function isAddressFrom(plain: string, start: number): boolean {
  let end = start
  while (end < plain.length && !/[\s<>]/.test(plain.charAt(end))) end++
  return plain[end] === '>' && /[:@]/.test(plain.slice(start, end))
}
