import { type Folded, fold, foldText } from './fold.ts'

/** A word that is looked for: as it is compared, and whether it may go on before and behind. */
interface Wanted {
  readonly key: string
  readonly openStart: boolean
  readonly openEnd: boolean
  readonly nth: number
}

/** Where one of the words stands in a text, and which of them. */
export interface FoundWord {
  readonly from: number
  readonly to: number
  readonly nth: number
}

/** Looks for the same words in many texts. */
export interface WordFinder {
  /** Does one of the words stand in this text? */
  isIn(text: string): boolean
  /** Where they stand, from the beginning on, without overlaps. */
  find(text: string): FoundWord[]
}

const letter = /[\p{L}\p{N}\p{M}]/u
/** Scripts that put no spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/**
 * A finder of these words or phrases. Whole words only, unless a star stands before or behind: `casino*`. What was typed is
 * compared as plain text and never becomes a pattern.
 */
export function finderOf(words: readonly string[]): WordFinder {
  const wanted = words.flatMap((word, nth) => wantedIn(word, nth))
  const byFirst = Map.groupBy(wanted, one => one.key.charCodeAt(0))
  // Of two that begin at the same place the longer one counts.
  for (const list of byFirst.values()) list.sort((a, b) => b.key.length - a.key.length)
  const find = (text: string, most: number) => (wanted.length === 0 ? [] : findIn(fold(text), byFirst, most))
  return { isIn: text => find(text, 1).length > 0, find: text => find(text, Number.POSITIVE_INFINITY) }
}

function wantedIn(word: string, nth: number): Wanted[] {
  const bare = word.trim()
  const key = foldText(withoutStars(bare)).trim()
  if (key === '') return []
  return [
    {
      key,
      openStart: bare.startsWith('*') || isOpen(key.slice(0, 1)),
      openEnd: bare.endsWith('*') || isOpen(key.slice(-1)),
      nth,
    },
  ]
}

/** Those at its ends. */
function withoutStars(word: string): string {
  let [from, to] = [0, word.length]
  while (word[from] === '*') from++
  while (to > from && word[to - 1] === '*') to--
  return word.slice(from, to)
}

/** At a mark, or in a script without spaces, there is no edge of a word. */
function isOpen(sign: string): boolean {
  return !letter.test(sign) || unspaced.test(sign)
}

function findIn({ key, places }: Folded, byFirst: ReadonlyMap<number, readonly Wanted[]>, most: number): FoundWord[] {
  const found: FoundWord[] = []
  for (let at = 0; at < key.length && found.length < most; at++) {
    const hit = byFirst.get(key.charCodeAt(at))?.find(one => standsAt(key, at, one))
    if (!hit) continue
    const end = at + hit.key.length
    found.push({ from: places[at] ?? 0, to: endOf(places, end), nth: hit.nth })
    at = end - 1
  }
  return found
}

/** Behind the last character of a word, accents and unseen characters that follow it included. */
function endOf(places: readonly number[], end: number): number {
  return places[end] ?? places.at(-1) ?? 0
}

function standsAt(key: string, at: number, { key: word, openStart, openEnd }: Wanted): boolean {
  if (!key.startsWith(word, at)) return false
  const isFree = (sign: string | undefined) => sign === undefined || !letter.test(sign)
  return (openStart || isFree(key[at - 1])) && (openEnd || isFree(key[at + word.length]))
}
