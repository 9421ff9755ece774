import { z } from 'zod'
import { keyed } from '../../platform/http/index.ts'

const longestName = 80
const mostLines = 500
const longestLine = 100

/** A number in a field that may stay empty: then it is not asked. */
function optionalCount(least: number, most: number) {
  const error = keyed('rules.number_range', { least, most })
  return z
    .union([z.literal('').transform(() => undefined), z.coerce.number().int().min(least).max(most)], { error })
    .optional()
}

const lines = z
  .string()
  .transform(text =>
    [...new Set(text.split('\n').map(line => line.trim().normalize('NFC')))].filter(line => line !== ''),
  )
  .pipe(
    z
      .array(z.string().max(longestLine, { error: keyed('rules.line_long', { max: longestLine }) }))
      .max(mostLines, { error: keyed('rules.lines_many', { max: mostLines }) }),
  )
  .default([])

const words = lines.refine(list => list.every(word => /[^*\s]/.test(word)), { error: 'rules.words_wrong' })
const id = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1)

/** What rules do, and about whom they are; the same lists as those of the rules. */
const actions = ['hold', 'hide', 'flag', 'notify'] as const
const writers = ['all', 'members', 'guests'] as const

/** A rule as an administrator fills it in. */
export const ruleForm = z.object({
  name: z
    .string({ error: 'rules.name_missing' })
    .trim()
    .min(1, 'rules.name_missing')
    .max(longestName, { error: keyed('rules.line_long', { max: longestName }) }),
  action: z.enum(actions, { error: 'rules.action_missing' }),
  writers: z.enum(writers).default('all'),
  forums: z.union([z.array(id), id.transform(one => [one])]).default([]),
  reports: optionalCount(1, 1000),
  report_days: optionalCount(0, 3650),
  first_posts: optionalCount(1, 1000),
  words,
  links: optionalCount(1, 100),
  domains: lines,
  similar: optionalCount(2, 100),
})

export type RuleValues = z.infer<typeof ruleForm>
