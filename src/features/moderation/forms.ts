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
  /** A link is left behind, up to this day if one is named. */
  link: z
    .string()
    .optional()
    .transform(ticked => ticked === '1'),
  link_until: z
    .union([z.literal('').transform(() => null), z.iso.date()], { error: 'moderation.day_missing' })
    .nullish()
    .transform(day => day ?? null),
  reason: optionalWords,
})

export type Moving = z.infer<typeof moveForm>

export const eraseForm = z.object({
  password: z.string({ error: 'moderation.password_missing' }).min(1, { error: 'moderation.password_missing' }),
  reason: optionalWords,
})

/** Neither database has ids beyond 2^31 - 1, and one of them refuses to look for such. */
const highestId = 2 ** 31 - 1
const chosenId = z.coerce.number().int().positive().max(highestId).nullable().catch(null).default(null)

/** The number of the topic that somebody names by its number or address; null: it names none. */
function topicNumberIn(typed: string): number | null {
  const number = /^#?(\d{1,9})$/.exec(typed)?.[1] ?? /\/topic\/(\d{1,9})(?:[-/?#]|$)/.exec(typed)?.[1]
  return number === undefined ? null : Number(number)
}

/** A topic's number or address; null: nothing was typed. */
const otherTopic = z
  .string()
  .trim()
  .max(300)
  .nullish()
  .refine(typed => !typed || topicNumberIn(typed) !== null, { error: 'moderation.into_missing' })
  .transform(typed => (typed ? topicNumberIn(typed) : null))

export const mergeForm = z.object({ keep: chosenId, into: otherTopic, reason: optionalWords })
export type Merging = z.infer<typeof mergeForm>

export const longestReply = 10_000

export const replyForm = z.object({
  reply: z
    .string({ error: 'moderation.reply_missing' })
    .trim()
    .min(1, 'moderation.reply_missing')
    .max(longestReply, { error: keyed('moderation.reason_long', { max: longestReply }) }),
  reason: optionalWords,
})
export type Replying = z.infer<typeof replyForm>

const groupId = z.coerce.number().int().positive().max(highestId)

/** How several acts are called, and for whom they are. */
export const savedActForm = z.object({
  name: z
    .string({ error: 'moderation.saved_name_missing' })
    .trim()
    .min(1, 'moderation.saved_name_missing')
    .max(60, { error: keyed('moderation.reason_long', { max: 60 }) }),
  groups: z.union([z.array(groupId).max(200), groupId.transform(one => [one])]).default([]),
})

const optionalTitle = z
  .string()
  .trim()
  .nullish()
  .transform(title => title?.toWellFormed() || null)

export const splitForm = z.object({
  scope: z.enum(['these', 'after']).catch('these'),
  title: optionalTitle,
  forum: chosenId,
  into: otherTopic,
  reason: optionalWords,
})
export type Splitting = z.infer<typeof splitForm>

export const titleForm = z.object({ title: optionalTitle, reason: optionalWords })
export type Retitling = z.infer<typeof titleForm>

/** A member, by name, by number or by the address of their profile. */
const memberTyped = (error: string) => z.string({ error }).trim().min(1, { error }).max(300, { error })

export const authorForm = z.object({ author: memberTyped('moderation.author_missing'), reason: optionalWords })
export type Authoring = z.infer<typeof authorForm>

export const mergeMembersForm = z.object({
  member_into: memberTyped('moderation.member_missing'),
  reason: optionalWords,
})
export type MergingMembers = z.infer<typeof mergeMembersForm>

export const renameForm = z.object({
  name: z
    .string({ error: 'moderation.name_missing' })
    .trim()
    .min(1, { error: 'moderation.name_missing' })
    .max(2000, { error: 'moderation.name_missing' }),
  reason: optionalWords,
})
export type Renaming = z.infer<typeof renameForm>

export const prefixForm = z.object({ prefix: chosenId, reason: optionalWords })

const day = z.iso.date({ error: 'moderation.day_missing' })
export const untilForm = z.object({ until: day, reason: optionalWords })

/** How long something lasts, in days; nothing: until it is lifted. */
export const durations = [1, 3, 7, 14, 30, 90, 365] as const
const days = z
  .enum(['', ...durations.map(String)], { error: 'moderation.days_missing' })
  .transform(typed => (typed === '' ? null : Number(typed)))

/** Words that the member reads. */
const told = words.refine(text => text !== null, { error: 'moderation.told_missing' })

/** What a restriction keeps a member from; the same list as that of the sanctions. */
export const restrictions = ['no_posting', 'no_links', 'approval'] as const

export const restrictForm = z.object({
  restriction: z.enum(restrictions, { error: 'moderation.restriction_missing' }),
  days,
  reason: told,
})

export const banForm = z.object({ days, reason: told })

export const warnForm = z.object({
  warning: z.coerce
    .number({ error: 'moderation.warning_missing' })
    .int()
    .positive({ error: 'moderation.warning_missing' }),
  about: chosenId,
  reason: optionalWords,
})

/** What moderators note about a member. */
const longestMemberNote = 2000
export const memberNoteForm = z.object({
  text: z
    .string({ error: 'moderation.note_missing' })
    .trim()
    .min(1, 'moderation.note_missing')
    .max(longestMemberNote, { error: keyed('moderation.reason_long', { max: longestMemberNote }) }),
})

/** Days typed freely; nothing: for good. */
const anyDays = z
  .union([z.literal('').transform(() => null), z.coerce.number().int().min(1).max(3650)], {
    error: 'moderation.rule_days_wrong',
  })
  .default(null)
const points = z.coerce
  .number({ error: 'moderation.points_wrong' })
  .int({ error: 'moderation.points_wrong' })
  .min(1, { error: 'moderation.points_wrong' })
  .max(100, { error: 'moderation.points_wrong' })

export const warningReasonForm = z.object({
  title: z
    .string({ error: 'moderation.rule_title_missing' })
    .trim()
    .min(1, 'moderation.rule_title_missing')
    .max(100, { error: keyed('moderation.reason_long', { max: 100 }) }),
  points,
  days: anyDays,
})

export const warningStepForm = z.object({
  kind: z.enum(['ban', ...restrictions], { error: 'moderation.restriction_missing' }),
  points,
  days: anyDays,
})

/** A ban of everybody at a place. `sure`: whoever presses has seen whom it hits. */
export const banManyForm = z.object({
  pattern: z
    .string({ error: 'spam.block_missing' })
    .trim()
    .min(1, 'spam.block_missing')
    .max(254, { error: 'spam.block_missing' }),
  days: anyDays,
  reason: told,
  sure: z.literal('1').optional().catch(undefined),
})

const longestAnswer = 2000

/** What a member says to a warning. */
export const answerForm = z.object({
  answer: z
    .string({ error: 'sanctions.answer_missing' })
    .trim()
    .min(1, 'sanctions.answer_missing')
    .max(longestAnswer, { error: keyed('sanctions.answer_long', { max: longestAnswer }) }),
})

export type Reasoned = z.infer<typeof reasonForm>

const filterId = z.coerce.number().int().positive().max(highestId).nullable().catch(null)

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
