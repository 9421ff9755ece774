import { Remembered } from './remembered.ts'

const longest = 80

/** Of the same names and titles on page after page. */
const slugs = new Remembered(wordsOf, 3000)

/** The words of a title or name that stand in its address; empty when none of them can. */
export function slugOf(words: string): string {
  return slugs.of(words)
}

function wordsOf(text: string): string {
  return text
    .slice(0, longest * 10)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join('-')
    .slice(0, longest)
    .toWellFormed()
    .replace(/-?\uFFFD?$/, '')
}

/** `/topic/12-title/`: the number decides, the words are for people. Safe in a header as well as in a page. */
export function pathTo(place: string, id: number, slug: string): string {
  return `/${place}/${id}${slug && `-${encodeURIComponent(slug)}`}/`
}
