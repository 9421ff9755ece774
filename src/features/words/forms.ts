import { z } from 'zod'
import { keyed } from '../../platform/http/index.ts'

const longestWord = 100
const longestSentence = 1000

/** A word of the list, and what becomes of it. */
export const wordForm = z.object({
  word: z
    .string({ error: 'words.missing' })
    .trim()
    .regex(/[^*\s]/, 'words.missing')
    .max(longestWord, { error: keyed('rules.line_long', { max: longestWord }) }),
  how: z.enum(['replace', 'hold'], { error: 'words.how_missing' }).default('replace'),
  replacement: z
    .string()
    .trim()
    .max(longestWord, { error: keyed('rules.line_long', { max: longestWord }) })
    .default(''),
})

/** A sentence to see what it becomes. */
export const tryForm = z.object({
  sentence: z
    .string({ error: 'words.sentence_missing' })
    .trim()
    .min(1, 'words.sentence_missing')
    .max(longestSentence, { error: keyed('rules.line_long', { max: longestSentence }) }),
})
