import type { Schedule } from '../../platform/jobs/index.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { purgeDeleted, turningNow, updateAnnouncement } from './queries.ts'

const minute = 60_000
const monthMs = 30 * 24 * 60 * minute

export const turnJob = 'announcements.turn'
const purgeJob = 'announcements.purge'

/** Makes kept pages follow what began or ended. */
export async function turnAnnouncements(db: Db, now = Date.now()): Promise<void> {
  for (const { id, shown } of await turningNow(db, now))
    await inTransaction(db, tx => updateAnnouncement(tx, id, { shown: shown === 1 ? 0 : 1 }))
}

/** For so long what was taken away can be put back. */
export const keptMs = monthMs

export const announcementsJobs = {
  [turnJob]: (_given: unknown, { db }: { db: Db }) => turnAnnouncements(db),
  [purgeJob]: (_given: unknown, { db }: { db: Db }) => purgeDeleted(db, Date.now() - keptMs),
}

/** It is looked at when one begins and ends; and again, in case that was missed. */
export const announcementsSchedule: readonly Schedule[] = [
  { name: turnJob, everyMs: minute },
  { name: purgeJob, everyMs: 24 * 60 * minute },
]
