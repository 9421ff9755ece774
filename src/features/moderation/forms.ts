import { z } from 'zod'
import { keyed } from '../../platform/http/index.ts'

export const longestReason = 500

const words = z
  .string()
  .trim()
  .max(longestReason, { error: keyed('moderation.reason_long', { max: longestReason }) })
  .transform(text => text || null)

/** Why: optional words, empty ones count as none. */
const optionalWords = words.nullish().transform(text => text ?? null)

export const reasonForm = z.object({ reason: optionalWords })
export const noteForm = z.object({ note: optionalWords, reason: optionalWords })

/** `over`: when the post was changed that a proposed edit replaces, as far as whoever approves it has seen. */
export const approveForm = reasonForm.extend({ over: z.coerce.number().optional().catch(undefined) })

export const moveForm = z.object({
  forum: z.coerce.number({ error: 'moderation.forum_missing' }).int().positive({ error: 'moderation.forum_missing' }),
  reason: optionalWords,
})

export const eraseForm = z.object({
  password: z.string({ error: 'moderation.password_missing' }).min(1, { error: 'moderation.password_missing' }),
  reason: optionalWords,
})

export type Reasoned = z.infer<typeof reasonForm>

/** Neither database has ids beyond 2^31 - 1, and one of them refuses to look for such. */
const filterId = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1)
  .nullable()
  .catch(null)

/** What the log is narrowed to; what makes no sense narrows nothing. */
export const logFilterForm = z.object({
  by: filterId.default(null),
  forum: filterId.default(null),
  act: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .nullable()
    .catch(null)
    .default(null),
})
