import type { WordFinder } from './find-words.ts'
import { readSigns, writeSigns } from './signs.ts'

const part = /(<[^<>]*>)/

/** A plain line, such as a title, with other words in the place of those that are found. */
export function showLine(line: string, finder: WordFinder, replacements: readonly string[]): string {
  let shown = ''
  let from = 0
  for (const found of finder.find(line)) {
    shown += line.slice(from, found.from) + (replacements[found.nth] ?? '')
    from = found.to
  }
  return from === 0 ? line : shown + line.slice(from)
}

/**
 * Stored HTML with other words in the place of those that are found in its text: not in addresses, other attributes or
 * code. In stored HTML the signs of a tag are only ever written by us.
 */
export function showWords(html: string, finder: WordFinder, replacements: readonly string[]): string {
  let code = 0
  return html
    .split(part)
    .map(piece => {
      if (piece.startsWith('<')) {
        if (/^<(?:pre|code)[\s>]/.test(piece)) code++
        else if (piece === '</pre>' || piece === '</code>') code--
        return piece
      }
      return code > 0 ? piece : showText(piece, finder, replacements)
    })
    .join('')
}

function showText(text: string, finder: WordFinder, replacements: readonly string[]): string {
  const plain = readSigns(text)
  const shown = showLine(plain, finder, replacements)
  return shown === plain ? text : writeSigns(shown)
}
