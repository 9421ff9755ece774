import { z } from 'zod'
import type { Db } from '../../platform/store/index.ts'
import { eraseQuotes, eraseQuotesJob } from './erase-quotes.ts'

const payload = z.object({ postId: z.number() })

/** What moderation leaves for later, by the names of the jobs. */
export const moderationJobs = {
  [eraseQuotesJob]: async (given: unknown, { db }: { db: Db }) => eraseQuotes(db, payload.parse(given).postId),
}
