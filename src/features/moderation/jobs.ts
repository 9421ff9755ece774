import { z } from 'zod'
import type { Schedule } from '../../platform/jobs/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { endDates } from './later/end-dates.ts'
import { eraseQuotes, eraseQuotesJob } from './later/erase-quotes.ts'
import { purgeDeleted } from './later/purge-deleted.ts'
import { renameMember, renameMemberJob, renameQuotes, renameQuotesJob } from './names/rename.ts'

const minute = 60_000
const endDatesJob = 'moderation.end-dates'
const purgeJob = 'moderation.purge-deleted'

const ofPost = z.object({ postId: z.number() })
const ofMember = z.object({ memberId: z.number() })

/** What moderation leaves for later, by the names of the jobs. */
export const moderationJobs = {
  [endDatesJob]: async (_given: unknown, { db }: { db: Db }) => endDates(db),
  [purgeJob]: async (_given: unknown, { db }: { db: Db }) => purgeDeleted(db),
  [eraseQuotesJob]: async (given: unknown, { db }: { db: Db }) => eraseQuotes(db, ofPost.parse(given).postId),
  [renameQuotesJob]: async (given: unknown, { db }: { db: Db }) => renameQuotes(db, ofPost.parse(given).postId),
  [renameMemberJob]: async (given: unknown, { db }: { db: Db }) => renameMember(db, ofMember.parse(given).memberId),
}

/** What comes again by itself. */
export const moderationSchedule: readonly Schedule[] = [
  { name: endDatesJob, everyMs: minute },
  { name: purgeJob, everyMs: 60 * minute },
]
