import type { Option } from './list.ts'
import { piece } from './members.ts'

type Emoji = { emoji: string; shortcodes: string[]; tags: string[] }

/** So many are offered at once. */
const most = 8

let all: Promise<readonly Emoji[]> | undefined

/** Emoji that are called so, or so and more, or are about it; best first. */
export async function emojiNamed(source: string, query: string): Promise<Option[]> {
  const found = (await load(source)).flatMap(emoji => matchOf(emoji, query) ?? [])
  // Of names that begin so the shortest is the nearest.
  found.sort((one, other) => one.rank - other.rank || (one.rank === 1 ? one.name.length - other.name.length : 0))
  return found.slice(0, most).map(({ emoji, name }) => ({
    pick: { text: emoji },
    parts: [piece('suggest-emoji', emoji), piece('suggest-name', `:${name}:`)],
  }))
}

/** The one that is called exactly so. */
export async function emojiCalled(source: string, name: string): Promise<string | undefined> {
  return (await load(source)).find(({ shortcodes }) => shortcodes.includes(name))?.emoji
}

function load(source: string): Promise<readonly Emoji[]> {
  all ??= fetch(source).then(answer => answer.json())
  all.catch(() => {
    all = undefined
  })
  return all
}

type Match = { readonly emoji: string; readonly name: string; readonly rank: number }

function matchOf({ emoji, shortcodes, tags }: Emoji, query: string): Match | null {
  const ways: readonly ((name: string) => boolean)[] = [
    name => name === query,
    name => name.startsWith(query),
    name => name.includes(`_${query}`),
  ]
  for (const [rank, fits] of ways.entries()) {
    const name = shortcodes.find(fits)
    if (name !== undefined) return { emoji, name, rank }
  }
  const [first] = shortcodes
  return first !== undefined && tags.some(tag => tag.startsWith(query))
    ? { emoji, name: first, rank: ways.length }
    : null
}
