import { z } from 'zod'
import { cleanLine, isVisible } from '../../content/index.ts'
import { keyed } from '../../platform/http/index.ts'

const body = z.string({ error: 'posts.body_missing' }).transform(text => text.toWellFormed())
const format = z.enum(['markdown', 'html']).catch('markdown')
const id = z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined)
/** Whatever is sent under this name says nothing. */
const noField = z
  .string()
  .optional()
  .catch(undefined)
  .transform(() => undefined)
const pressed = z.string().optional().catch(undefined)

const text = {
  body,
  format,
  /** Tells the same form sent twice; only members' forms carry one. */
  submission: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional()
    .catch(undefined),
  /** The draft that this was filled in from. */
  draft: id,
  /** Another text is kept for this place, and nobody has chosen between the two. */
  undecided: pressed,
  preview: pressed,
  upload: pressed,
}

/** At once one can quote so many posts. */
export const mostQuoted = 20

/** The numbers of posts, in the order in which they are wanted. */
const posts = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9})*$/)
  .transform(list => [...new Set(list.split(',').map(Number))])
  .refine(ids => ids.length <= mostQuoted)

/** What is to be quoted; `words`: HTML of the part of one post that was selected. */
export const quoteForm = z.object({
  posts,
  words: z
    .string()
    .transform(text => text.toWellFormed())
    .optional(),
  format,
})
export type QuoteValues = z.infer<typeof quoteForm>

/** The beginning of a name, and where it is typed. */
export const suggestForm = z.object({ place: z.string(), q: z.string().min(1).max(80) })

export const replyForm = z.object(text)
export type ReplyValues = z.infer<typeof replyForm>

/** What is to stand before the title; nothing chosen and nonsense are none. */
const prefixField = id.transform(chosen => chosen ?? null)

export function topicForm(longestTitle: number) {
  return z.object({ ...text, title: titleField(longestTitle), prefix: prefixField })
}
export type TopicValues = z.infer<ReturnType<typeof topicForm>>

/** Only the form of an opening post has a title. */
export function editForm(longestTitle: number | null) {
  return z.object({
    title: longestTitle === null ? noField : titleField(longestTitle),
    prefix: longestTitle === null ? noField : prefixField,
    /** What stood before the title when the form was opened. */
    had_prefix: prefixField,
    body,
    format,
    reason: z
      .string()
      .optional()
      .catch(undefined)
      .transform(typed => tidyLine(typed ?? '').slice(0, longestReason) || null),
    /** The newest version when the form was opened; 0: there was none. */
    base: z.coerce.number().int().min(0).catch(-1),
    undecided: pressed,
    preview: pressed,
    upload: pressed,
  })
}
export type EditValues = z.infer<ReturnType<typeof editForm>>

export const longestReason = 200

function titleField(longest: number) {
  return z
    .string({ error: 'posts.title_missing' })
    .max(longest * 50, { error: keyed('posts.title_long', { max: longest }) })
    .transform(tidyLine)
    .refine(isVisible, { error: 'posts.title_missing' })
    .refine(title => visibleLength(title) <= longest, { error: keyed('posts.title_long', { max: longest }) })
}

/** However its letters were put together; what divides lines or words divides words. */
function tidyLine(typed: string): string {
  return cleanLine(typed.normalize('NFC').replace(/[\p{Cc}\s]+/gu, ' '))
}

function visibleLength(line: string): number {
  return [...new Intl.Segmenter().segment(line)].length
}
