import type { Handlers, Schedule } from '../../platform/jobs/index.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { fetchCard } from './fetch-card.ts'
import { fetchCardJob, fetchSoon } from './note-links.ts'
import { letGoOfPicture, writtenWithinMs } from './pictures.ts'
import { deleteUnused, deleteUsesOfErased, dueCards } from './queries.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** As many as are looked at again at a time. */
const batch = 100

export const cardsJobs: Handlers = {
  [fetchCardJob]: ({ cardId }: { cardId: number }, { db }) => fetchCard(db, cardId),
  'cards.refresh': (_payload, { db }) => refreshCards(db),
  'cards.purge': (_payload, { db }) => purgeCards(db),
}

export const cardsSchedule: readonly Schedule[] = [
  { name: 'cards.refresh', everyMs: 10 * minute },
  { name: 'cards.purge', everyMs: day },
]

/** Has those fetched whose time has come, of those that somebody shows. */
export async function refreshCards(db: Db): Promise<void> {
  if (!(await settings(db)).link_cards) return
  const due = await dueCards(db, Date.now(), batch)
  if (due.length === 0) return
  await inTransaction(db, async tx => {
    for (const id of due) await fetchSoon(tx, id)
  })
}

/** Removes cards that nobody shows any more, with their pictures. */
export async function purgeCards(db: Db): Promise<void> {
  await deleteUsesOfErased(db)
  const [noted, fetched] = [Date.now() - day, Date.now() - writtenWithinMs]
  for (const picture of await deleteUnused(db, { noted, fetched })) await letGoOfPicture(db, picture)
}
