import { foldText } from '../../content/index.ts'

/** What of a text is compared with others: so that a few other words, numbers or links do not make it another one. */
export interface Likeness {
  /** The first ones. */
  readonly letters: string
  /** The least of each of several hashes over its runs of words. */
  readonly marks: Int32Array
}

const hashes = 24
/** So many of them alike: about two thirds of the runs of words are the same. */
const enough = 16
/** So much of a text is read. */
export const mostRead = 4000
/** What is shorter people say by chance, such as "Thank you!": of that only the same author's counts. */
const shortest = 40
const perRun = 3

/** The same texts are compared with each new one for an hour. */
const kept = new Map<string, Likeness>()
const mostKept = 500

export function likenessOf(text: string): Likeness {
  const read = text.slice(0, mostRead)
  const known = kept.get(read)
  if (known) return known
  const [oldest] = kept.size >= mostKept ? kept.keys() : []
  if (oldest !== undefined) kept.delete(oldest)
  const likeness = lookAt(read)
  kept.set(read, likeness)
  return likeness
}

function lookAt(text: string): Likeness {
  const words = foldText(text).match(/[\p{L}\p{M}]+/gu) ?? []
  const marks = new Int32Array(hashes).fill(2 ** 31 - 1)
  for (let at = 0; at <= Math.max(0, words.length - perRun); at++) mark(marks, words.slice(at, at + perRun).join(' '))
  return { letters: words.join('').slice(0, shortest), marks }
}

/** One hash of the run, and others made from it by multiplying with odd numbers. */
function mark(marks: Int32Array, run: string): void {
  let hash = 0x811c9dc5
  for (let at = 0; at < run.length; at++) hash = Math.imul(hash ^ run.charCodeAt(at), 0x01000193)
  for (let nth = 0; nth < hashes; nth++) {
    const other = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d + 2 * nth * 0x9e3779) ^ (hash >>> (nth % 13))
    if (other < (marks[nth] ?? 0)) marks[nth] = other
  }
}

/** Do these two say the same, for what it matters? */
export function areAlike(one: Likeness, other: Likeness, sameAuthor: boolean): boolean {
  if (one.letters === '' || other.letters === '') return false
  if (one.letters.length < shortest || other.letters.length < shortest)
    return sameAuthor && one.letters === other.letters
  let same = 0
  for (let nth = 0; nth < hashes; nth++) if (one.marks[nth] === other.marks[nth]) same++
  return same >= enough
}
