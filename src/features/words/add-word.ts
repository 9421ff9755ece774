import { cleanLine, foldText } from '../../content/index.ts'
import { Invalid, msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { putWord } from './queries.ts'

/** A word, and what it is shown as; null: what it stands in waits for approval. */
export interface WordText {
  readonly word: string
  readonly replacement: string | null
}

/** Puts a word on the list; one that is there already is shown as is said now. Throws Invalid for nothing. */
export async function addWord(
  db: Db,
  {
    word: typed,
    how,
    replacement,
  }: { readonly word: string; readonly how: 'replace' | 'hold'; readonly replacement: string },
): Promise<WordText> {
  const word = cleanLine(typed)
  const key = foldText(word).trim()
  if (key.replaceAll('*', '').trim() === '') throw new Invalid({ word: msg('words.missing') })
  const row = { word, replacement: how === 'hold' ? null : cleanLine(replacement) || '***' }
  await putWord(db, { ...row, word_key: key, created_at: Date.now() })
  return row
}
