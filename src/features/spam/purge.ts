import type { Db } from '../../platform/store/index.ts'
import { deleteSpent } from './queries/proofs.ts'
import { deleteStops } from './queries/stops.ts'
import { deleteRefused } from './queries/waiting.ts'

const day = 24 * 60 * 60 * 1000
/** Counts are kept so long, to be compared by whoever reads the table. */
const countedDays = 365
/** Mail is tried again for days. */
const lettersTake = 14 * day

/** Removes proofs that ran out, old counts, and what letters to those who were refused needed. */
export async function purgeSpam(db: Db, now = Date.now()): Promise<void> {
  await deleteSpent(db, now)
  await deleteStops(db, countedDays, now)
  await deleteRefused(db, now - lettersTake)
}
