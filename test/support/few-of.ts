/** A page, and what it is made of. */
export type Made<T> = { readonly one: T; readonly kinds: ReadonlySet<string> }

/**
 * So few of them that nothing a page can be made of is missing: what is right or wrong in one is so in all. `known` is
 * what needs no more pages, and takes what these are made of.
 */
export function fewOf<T>(all: readonly Made<T>[], known = new Set<string>()): T[] {
  const few: T[] = []
  for (const { one, kinds } of all.toSorted((a, b) => b.kinds.size - a.kinds.size)) {
    const more = [...kinds].filter(kind => !known.has(kind))
    if (more.length > 0) few.push(one)
    for (const kind of more) known.add(kind)
  }
  return few
}
