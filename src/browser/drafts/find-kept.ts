import { says } from './copy.ts'
import { asCopy } from './server.ts'
import { type Kept, keep, keptIn, rawAt } from './shelf.ts'

/**
 * What was typed at a place, in this browser or on another device, and how it lies in this browser. The newer of two goes
 * for the other one only if it says everything that the other one does: else the other one comes along as `other`.
 */
export function findKept(place: string, root: HTMLElement): { kept: Kept | null; raw: string | null } {
  const raw = rawAt(place)
  const kept = meet(keptIn(raw), savedOn(root))
  return { kept, raw: raw !== null && !kept ? keep(place, null) : raw }
}

/** What the page says the server has; undefined: it says nothing, or it said so some time ago. */
function savedOn({ dataset }: HTMLElement): Kept | null | undefined {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const saved = dataset.kept === undefined ? undefined : JSON.parse(decodeURIComponent(dataset.kept))
  if (saved) return { ...asCopy(saved), synced: saved.at }
  return visit?.type === 'back_forward' ? undefined : saved
}

function meet(mine: Kept | null, saved: Kept | null | undefined): Kept | null {
  if (!mine || !saved) return saved || (saved === null && mine ? unlessGone(mine) : mine)
  if (saved.synced === mine.synced) return mine
  const { other, ...own } = mine
  const rest = other ? { other } : {}
  if (says(saved, own)) return { ...saved, ...rest }
  if (mine.dirty && says(own, saved)) return { ...mine, synced: saved.at }
  return mine.dirty && mine.at > saved.at ? { ...own, other: saved } : { ...saved, other: own }
}

/** What the server had and has no more was sent or cleared on another device. */
function unlessGone(mine: Kept): Kept | null {
  return mine.synced && !mine.dirty ? (mine.other ?? null) : mine
}
