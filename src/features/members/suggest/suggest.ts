import type { Db } from '../../../platform/store/index.ts'
import { settings, verificationOf } from '../../settings/index.ts'
import { nameKey } from '../name.ts'
import type { Circle } from './circle.ts'
import { membersBeginning } from './queries.ts'

/** So many are offered at once. */
const mostOffered = 8

export interface Suggested {
  readonly id: number
  readonly name: string
}

export interface Wanted {
  /** The beginning of a name, as somebody types it. */
  readonly typed: string
  /** To whom what is written will be shown. */
  readonly circle: Circle
  /** Who stands there already: they come first, in this order. */
  readonly here: readonly number[]
  /** Those who are here, or everybody. */
  readonly reach: 'here' | 'everybody'
  /** Nobody mentions themselves. */
  readonly self: number | null
}

/** Members whose name begins so, of those to whom it will be shown and whose accounts are in order. */
export async function suggestMembers(db: Db, { typed, circle, here, reach, self }: Wanted): Promise<Suggested[]> {
  const keys = keysOf(typed)
  if (keys.length === 0) return []
  const proven = verificationOf(await settings(db)) !== 'off'
  const find = async (among: readonly number[] | null) => {
    const most = among ? among.length : 4 * mostOffered
    return (await membersBeginning(db, { circle, keys, proven, among, most })).filter(one => isMeant(one, typed, keys))
  }
  const near = here.length > 0 ? await find(here) : []
  near.sort((one, other) => here.indexOf(one.id) - here.indexOf(other.id))
  const far = reach === 'everybody' && near.length < mostOffered ? await find(null) : []
  const known = new Set([self, ...near.map(({ id }) => id)])
  return [...near.filter(({ id }) => id !== self), ...far.filter(({ id }) => !known.has(id))]
    .slice(0, mostOffered)
    .map(({ id, name }) => ({ id, name }))
}

/** In a key two letters may have become one that looks like them: "cor" begins "Corn", whose key is "com". */
function keysOf(typed: string): string[] {
  const key = nameKey(typed)
  const looks = { r: 'm', v: 'w' }[key.at(-1) ?? '']
  return key === '' ? [] : looks ? [key, key.slice(0, -1) + looks] : [key]
}

function isMeant(member: { readonly name: string; readonly name_key: string }, typed: string, keys: readonly string[]) {
  return member.name_key.startsWith(keys[0] ?? '') || member.name.toLowerCase().startsWith(typed.toLowerCase())
}
