const longest = 80

/** The words of a title or name that stand in its address; empty when none of them can. */
export function slugOf(words: string): string {
  return words
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
