import type { Copy } from './copy.ts'

// What is typed is kept under the place and its writer. A guest's becomes that of whoever signs in here next.
const prefix = 'stoa-draft:'
/** Who is signed in here; whoever signs out takes it away, which tabs that are still open find out by it. */
const writerKey = 'stoa-writer'
const day = 24 * 60 * 60 * 1000
/** What nobody has touched for so long is forgotten, as on the server. */
const longest = 30 * day

/** Who types in this page: the number of a member, '' for a guest. */
export const writer = document.documentElement.dataset.member ?? ''

export type Kept = Copy & {
  /** When the server saved exactly this, or what this goes on from. */
  readonly synced?: number
  /** The server does not have it. */
  readonly dirty?: boolean
  /** It was on its way to be posted. */
  readonly sending?: boolean
  /** And being saved on the server at that moment. */
  readonly asking?: boolean
  /** Another text for the same place; which of the two is wanted nobody has said yet. */
  readonly other?: Kept
}

function keyOf(place: string, owner = writer): string {
  return `${prefix}${owner || 'guest'}:${place}`
}

/** What is kept, as it lies there: another page may have written since. */
export function rawAt(place: string, owner?: string): string | null {
  try {
    return localStorage.getItem(keyOf(place, owner))
  } catch {
    return null
  }
}

export function keptIn(raw: string | null): Kept | null {
  try {
    const kept = raw === null ? null : (JSON.parse(raw) as Kept)
    return kept && { ...kept, prefix: kept.prefix ?? '' }
  } catch {
    return null
  }
}

/** Keeps it, or nothing any more; as it lies there then. Nothing for whoever has signed out meanwhile. */
export function keep(place: string, kept: Kept | null, owner = writer): string | null {
  try {
    if (owner && localStorage.getItem(writerKey) !== owner) return null
    if (kept) localStorage.setItem(keyOf(place, owner), JSON.stringify(kept))
    else localStorage.removeItem(keyOf(place, owner))
  } catch {
    // A browser that keeps nothing, or no more: members have it on the server.
  }
  return rawAt(place, owner)
}

/** Leaves nothing of anybody. */
export function empty(): void {
  for (const { key } of everything()) localStorage.removeItem(key)
  try {
    localStorage.removeItem(writerKey)
    // Which emoji they used last: see editor/emoji/recent.ts.
    localStorage.removeItem('stoa-emoji')
  } catch {
    // It has kept nothing either.
  }
}

type Lying = { readonly key: string; readonly owner: string; readonly place: string }

function everything(): Lying[] {
  try {
    return Object.keys(localStorage).flatMap(key => {
      const [, owner = '', place = ''] = /^stoa-draft:(\w+):(.+)$/.exec(key) ?? []
      return owner ? [{ key, owner, place }] : []
    })
  } catch {
    return []
  }
}

/** On every page: what belongs to somebody else goes, and what was typed before signing in comes along. */
export function tidy(): void {
  try {
    if (writer) localStorage.setItem(writerKey, writer)
    else localStorage.removeItem(writerKey)
  } catch {
    return
  }
  for (const { key, owner, place } of everything()) {
    const kept = keptIn(localStorage.getItem(key))
    if (owner === (writer || 'guest') && kept && kept.at > Date.now() - longest) continue
    if (writer && owner === 'guest' && kept) adopt(place, kept)
    // A session that ended by itself takes nothing with it that is nowhere else.
    if (writer || !kept?.dirty || kept.at < Date.now() - day) localStorage.removeItem(key)
  }
}

function adopt(place: string, kept: Kept): void {
  const own = keptIn(rawAt(place))
  keep(place, own ? { ...own, other: own.other ?? { ...kept, dirty: true } } : { ...kept, dirty: true })
}
