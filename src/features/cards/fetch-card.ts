import { FetchFailed } from '../../platform/outward/index.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { filesOf } from '../attachments/index.ts'
import { settings } from '../settings/index.ts'
import { errandFor } from './going-out.ts'
import { emptyCard, type FoundCard, lookUp } from './look-up.ts'
import { letGoOfPicture } from './pictures.ts'
import { type CardRow, cardById, touchTopicsShowing, updateCard } from './queries.ts'

const hour = 3_600_000
const day = 24 * hour

/** A page is looked at again after so long. */
const freshFor = 30 * day

/** How long to wait after a first, second and third failure in a row; then it is left alone. */
const pauses = [hour, day, 7 * day]

/**
 * Fetches what a page says of itself, if that is due. A page that is gone loses its card; for other failures what was
 * known stays. Never throws for what happens elsewhere.
 */
export async function fetchCard(db: Db, cardId: number): Promise<void> {
  const errand = (await settings(db)).link_cards ? await errandFor(db) : null
  const card = errand ? await cardById(db, cardId) : undefined
  if (!errand || !card || card.due_at === null || card.due_at > Date.now()) return
  try {
    await keep(db, card, await lookUp(errand, filesOf(db), card.url))
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    await postpone(db, card, error)
  }
}

async function keep(db: Db, card: CardRow, found: FoundCard): Promise<void> {
  const now = Date.now()
  // Not all at once that were posted at once.
  const due_at = now + freshFor + (card.id % 240) * hour
  const isNew = Object.entries(found).some(([key, value]) => card[key as keyof FoundCard] !== value)
  await inTransaction(db, async tx => {
    await updateCard(tx, card.id, { ...found, fetched_at: now, due_at, failures: 0 })
    if (isNew) await touchTopicsShowing(tx, card.id)
  })
  if (card.picture && card.picture !== found.picture) await letGoOfPicture(db, card.picture)
}

async function postpone(db: Db, card: CardRow, { fault, status }: FetchFailed): Promise<void> {
  const isGone = status === 404 || status === 410
  if (isGone && card.title !== null) return keep(db, card, emptyCard)
  // A host that was visited enough has done nothing wrong.
  const failures = fault === 'unwanted' ? card.failures : card.failures + 1
  const isHopeless = fault === 'address' || fault === 'type' || fault === 'redirects'
  const pause = fault === 'unwanted' ? hour : isHopeless ? undefined : pauses[failures - 1]
  const due_at = pause === undefined ? (card.title === null ? null : Date.now() + freshFor) : Date.now() + pause
  await inTransaction(db, tx => updateCard(tx, card.id, { failures, due_at }))
}
