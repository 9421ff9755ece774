import { z } from 'zod'

/** The lines that say something. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

/** A question for those who register, and what is taken for right. */
export const questionForm = z.object({
  text: z
    .string({ error: 'spam.question_missing' })
    .trim()
    .min(1, 'spam.question_missing')
    .max(200, 'spam.question_long'),
  answers: z
    .string({ error: 'spam.answers_missing' })
    .max(2000, 'spam.answers_missing')
    .transform(linesOf)
    .refine(answers => answers.length > 0, { error: 'spam.answers_missing' }),
})

/** Somebody of whom no more is wanted. */
export const blockForm = z.object({
  kind: z.enum(['name', 'address', 'email']),
  pattern: z.string({ error: 'spam.block_missing' }).trim().min(1, 'spam.block_missing').max(254, 'spam.block_missing'),
})

/** A whole number, or nothing. */
function countOrNothing(most: number, error: string) {
  return z
    .union([z.literal('').transform(() => null), z.coerce.number().int().min(1).max(most)], { error })
    .default(null)
}

/** A link by which people register. */
export const invitationForm = z.object({
  note: z.string().trim().max(200, 'spam.invitation_note_long').default(''),
  uses: countOrNothing(100_000, 'spam.invitation_uses_wrong'),
  days: countOrNothing(3650, 'spam.invitation_days_wrong'),
})

const id = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1)

/** What becomes of the chosen accounts. */
export const decisionForm = z.object({
  act: z.enum(['approve', 'refuse']),
  member: z.union([id.transform(one => [one]), z.array(id).min(1).max(200)], { error: 'spam.none_chosen' }),
  reason: z.string().trim().max(500, 'spam.reason_long').default(''),
})
