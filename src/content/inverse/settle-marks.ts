import type { Style } from '../model/document.ts'
import { isPunctuation, isSpace, isWord } from './characters.ts'
import { markSign, withoutSigns } from './signs.ts'

const markdown: Readonly<Record<Style, string>> = { strong: '**', em: '_', u: '++', s: '~~', spoiler: '||' }
const bbcode: Readonly<Record<Style, string>> = { strong: 'b', em: 'i', u: 'u', s: 's', spoiler: 'spoiler' }

/**
 * Writes the marks of a line: in Markdown where that can be read in one way only, else in BBCode
 * ("un[b]believ[/b]able").
 */
export function settleMarks(line: string): string {
  const plain = withoutSigns(line)
  const written = new Map<number, string>()
  const open: number[] = []
  for (let at = 0; at < line.length; at++) {
    const sign = markSign(line.charAt(at))
    if (sign?.ends === false) open.push(at)
    if (!sign?.ends) continue
    const start = open.pop() ?? at
    const [begin, end] = writtenAs(sign.mark, plain, start, at)
    written.set(start, begin)
    written.set(at, end)
  }
  return written.size === 0 ? line : line.replace(/./gs, (character, at: number) => written.get(at) ?? character)
}

function writtenAs(mark: Style, plain: string, start: number, end: number): [string, string] {
  const sign = markdown[mark]
  const clear = standsClear(plain[start - 1], plain[start + 1]) && standsClear(plain[end + 1], plain[end - 1])
  return clear ? [sign, sign] : [`[${bbcode[mark]}]`, `[/${bbcode[mark]}]`]
}

/** Whether a sign between these two can only begin a mark towards `inside`, and end none. */
function standsClear(outside: string | undefined, inside: string | undefined): boolean {
  return !isSpace(inside) && (isSpace(outside) || (isPunctuation(outside) && isWord(inside)))
}
