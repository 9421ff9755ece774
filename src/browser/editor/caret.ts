import type { Node } from '@tiptap/pm/model'

/** How many letters and digits stand before the caret; null: it is at the end. Signs of Markdown are neither. */
export function caretIn({ value, selectionStart }: HTMLTextAreaElement): number | null {
  if (value.slice(selectionStart).trim() === '') return null
  return countLetters(value.slice(0, selectionStart).replace(/\]\([^)\s]*\)/g, ''))
}

/** The place in the document behind so many letters and digits. */
export function caretAt(doc: Node, letters: number | null): number | 'end' {
  if (letters === null) return 'end'
  let left = letters
  let found: number | null = null
  doc.descendants((node, start) => {
    if (found !== null || !node.isText) return found === null
    const text = node.text ?? ''
    const count = countLetters(text)
    if (count >= left) found = start + lengthOf(text, left)
    left -= count
    return false
  })
  return found ?? 'end'
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
