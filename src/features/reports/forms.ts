import { z } from 'zod'
import { keyed } from '../../platform/http/index.ts'

export const longestReport = 2000
export const longestNote = 5000

function words(most: number) {
  return z
    .string()
    .transform(text => text.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(most, { error: keyed('reports.text_long', { most }) }))
}

export const reportForm = z.object({
  reason: z.string({ error: 'reports.reason_missing' }).min(1, { error: 'reports.reason_missing' }).max(200),
  text: words(longestReport).default(''),
})

export const noteForm = z.object({
  note: words(longestNote).pipe(z.string().min(1, { error: 'reports.note_missing' })),
})

/** A member by their number; empty: nobody. */
export const assignForm = z.object({
  to: z
    .union(
      [
        z.literal('').transform(() => null),
        z.coerce
          .number()
          .int()
          .positive()
          .max(2 ** 31 - 1),
      ],
      {
        error: 'reports.keeper_missing',
      },
    )
    .default(null),
})
