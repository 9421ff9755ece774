import { z } from 'zod'
import type { Schedule } from '../../platform/jobs/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { endDates } from './end-dates.ts'
import { eraseQuotes, eraseQuotesJob } from './erase-quotes.ts'
import { purgeDeleted } from './purge-deleted.ts'

const minute = 60_000
const endDatesJob = 'moderation.end-dates'
const purgeJob = 'moderation.purge-deleted'

const payload = z.object({ postId: z.number() })

/** What moderation leaves for later, by the names of the jobs. */
export const moderationJobs = {
  [endDatesJob]: async (_given: unknown, { db }: { db: Db }) => endDates(db),
  [purgeJob]: async (_given: unknown, { db }: { db: Db }) => purgeDeleted(db),
  [eraseQuotesJob]: async (given: unknown, { db }: { db: Db }) => eraseQuotes(db, payload.parse(given).postId),
}

/** What comes again by itself. */
export const moderationSchedule: readonly Schedule[] = [
  { name: endDatesJob, everyMs: minute },
  { name: purgeJob, everyMs: 60 * minute },
]
