import { addForum } from '../features/forums/index.ts'
import { nameKey } from '../features/members/index.ts'
import type { Tx } from '../platform/store/index.ts'
import type { CategoryNames } from './forum-names.ts'
import type { Random } from './random.ts'
import { firstNames, lastNames } from './words.ts'

/** Makes the categories and forums; the ids of the forums, in their order. */
export async function addForums(tx: Tx, names: readonly CategoryNames[]): Promise<number[]> {
  const ids: number[] = []
  const add = async (name: string, description: string, parentId: number | null): Promise<number> => {
    const kind = parentId === null ? 'category' : 'forum'
    return addForum(tx, { kind, parentId, name, description, guestPosting: null })
  }
  for (const { category, forums } of names) {
    const categoryId = await add(category, '', null)
    for (const { name, about, below = [] } of forums) {
      const id = await add(name, about, categoryId)
      ids.push(id)
      for (const child of below) ids.push(await add(child, '', id))
    }
  }
  return ids
}

/** How many forums there are, categories left out. */
export function countForums(names: readonly CategoryNames[]): number {
  const forums = names.flatMap(category => category.forums)
  return forums.reduce((count, { below = [] }) => count + 1 + below.length, 0)
}

/** Names of members, no two of them alike and none that somebody has already. */
export function namesOf(random: Random, count: number, taken: ReadonlySet<string>): string[] {
  const pairs = firstNames.length * lastNames.length
  const offset = random.below(pairs)
  return Array.from({ length: count }, (_, index) => {
    const pair = (offset + index * 61) % pairs
    const name = `${firstNames[pair % firstNames.length]} ${lastNames[Math.floor(pair / firstNames.length)]}`
    let number = Math.floor(index / pairs) + 1
    while (taken.has(nameKey(numbered(name, number)))) number += Math.ceil(count / pairs)
    return numbered(name, number)
  })
}

function numbered(name: string, number: number): string {
  return number > 1 ? `${name} ${number}` : name
}
