import { z } from 'zod'
import { keyed } from '../../../platform/http/index.ts'

const longestWord = 500

/** What came of reports, and what those who reported are told besides. */
export const settleForm = z.object({
  outcome: z.enum(['acted', 'no_breach', 'duplicate'], { error: 'reports.outcome_missing' }),
  word: z
    .string()
    .trim()
    .max(longestWord, { error: keyed('moderation.reason_long', { max: longestWord }) })
    .transform(text => text || null)
    .nullish()
    .transform(text => text ?? null),
  // The log is read by more people than the reports.
  reason: z
    .unknown()
    .optional()
    .transform((): null => null),
})

export type ReportSettled = z.infer<typeof settleForm>
