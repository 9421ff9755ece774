import { enqueue } from '../../platform/jobs/index.ts'
import { type Db, inTransaction, type Tx } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { cardAddress } from './address.ts'
import { pauseBeforeVisit } from './going-out.ts'
import { countWaiting, insertCard, knownUrls, writeUses } from './queries.ts'

/** The job that fetches one card: `{ cardId }`. */
export const fetchCardJob = 'cards.fetch'

/** Milliseconds between those that have to wait. */
const apart = 60_000

export interface LinksOfPost {
  readonly postId: number
  /** null: a guest. */
  readonly memberId: number | null
  /** Links that stand alone and are nothing else. */
  readonly hrefs: readonly string[]
}

/** Writes down where a post leads, and has those pages fetched that we do not know. */
export async function noteLinks(db: Db, { postId, memberId, hrefs }: LinksOfPost): Promise<void> {
  const { base_url: origin } = await settings(db)
  const urls = [...new Set(hrefs.flatMap(href => cardAddress(href, origin) ?? []))]
  const known = urls.length > 0 ? await knownUrls(db, urls) : new Set<string>()
  const now = Date.now()
  const fresh = await timetable(
    db,
    memberId,
    urls.filter(url => !known.has(url)),
    now,
  )
  await inTransaction(db, async tx => {
    for (const card of fresh) await insertCard(tx, card)
    const due = await writeUses(tx, postId, urls, now)
    for (const id of due) await fetchSoon(tx, id)
  })
}

/** What is too much for now stands in a line in which one is visited after the other. */
async function timetable(db: Db, memberId: number | null, urls: readonly string[], now: number) {
  const cards: { url: string; created_at: number; due_at: number }[] = []
  let waiting: number | undefined
  for (const url of urls) {
    const pause = await pauseBeforeVisit(db, memberId)
    if (pause > 0) waiting = (waiting ?? (await countWaiting(db, now))) + 1
    cards.push({ url, created_at: now, due_at: now + pause + (pause > 0 ? (waiting ?? 0) * apart : 0) })
  }
  return cards
}

export async function fetchSoon(tx: Tx, cardId: number): Promise<void> {
  await enqueue(tx, fetchCardJob, { cardId }, { key: `card:${cardId}` })
}
