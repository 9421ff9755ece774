import type { Node } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'

export type Caret = {
  /** How many letters and digits stand before it. Signs of Markdown are neither. */
  readonly letters: number
  readonly isAfterSpace: boolean
}

/** Where the caret is in a text with signs of Markdown; null: at its end. */
export function caretIn({ value, selectionStart }: HTMLTextAreaElement): Caret | null {
  if (value.slice(selectionStart).trim() === '') return null
  const before = value.slice(0, selectionStart).replace(/\]\([^)\s]*\)/g, '')
  return { letters: countLetters(before), isAfterSpace: before.endsWith(' ') }
}

/** The same place in the document. */
export function caretAt(doc: Node, caret: Caret | null): Selection {
  if (!caret) return Selection.atEnd(doc)
  let left = caret.letters
  let found: number | null = null
  doc.descendants((node, start) => {
    if (found !== null || !node.isText) return found === null
    const text = node.text ?? ''
    const count = countLetters(text)
    if (count >= left) found = start + lengthOf(text, left)
    left -= count
    return false
  })
  if (found === null) return Selection.atEnd(doc)
  const isSpaceNext = doc.textBetween(found, Math.min(found + 1, doc.content.size)) === ' '
  return Selection.near(doc.resolve(caret.isAfterSpace && isSpaceNext ? found + 1 : found))
}

const letter = /[\p{L}\p{N}]/gu

function countLetters(text: string): number {
  return text.match(letter)?.length ?? 0
}

function lengthOf(text: string, letters: number): number {
  if (letters === 0) return 0
  const last = [...text.matchAll(letter)][letters - 1]
  return last ? last.index + last[0].length : text.length
}
