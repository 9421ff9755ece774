import { z } from 'zod'

/** What a member can be found by besides words, a group and dates. */
export const memberStates = ['proven', 'unproven', 'waiting', 'restricted', 'banned', 'leaving', 'closed'] as const
export type MemberState = (typeof memberStates)[number]

/** When somebody was here last: within so many days, not for so many days, or not once. */
export const seenSpans = ['in_1', 'in_7', 'in_30', 'not_30', 'not_90', 'not_365', 'never'] as const
export type SeenSpan = (typeof seenSpans)[number]

export const memberOrders = ['joined', 'name', 'posts', 'seen'] as const
export type MemberOrder = (typeof memberOrders)[number]

/** Whom a search among members finds. */
export interface Criteria {
  /** Part of a name, of an earlier one or of an e-mail address; a network address or range; `#12` for a number. */
  readonly text: string
  readonly group: number | null
  readonly state: MemberState | null
  /** Days as epoch milliseconds: joined then or later, and before then. */
  readonly joinedFrom: number | null
  readonly joinedBefore: number | null
  readonly seen: SeenSpan | null
  readonly postsFrom: number | null
  readonly postsTo: number | null
  /** Only these. */
  readonly ids?: readonly number[]
}

/** Behind which member a page of the list begins, by the value that it is ordered by; `before` leads back. */
export interface Cursor {
  readonly id: number
  readonly value: string | number
  readonly before: boolean
}

export interface Order {
  readonly by: MemberOrder
  readonly down: boolean
}

/** As it stands in an address. */
export function cursorText({ id, value }: Pick<Cursor, 'id' | 'value'>): string {
  return `${id}.${value}`
}

/** null for what names no place in a list of this order: it begins at its beginning then. */
export function cursorIn(text: string | null, by: MemberOrder, before: boolean): Cursor | null {
  const [, id, value = ''] = /^([1-9]\d{0,8})\.(.{1,200})$/s.exec(text ?? '') ?? []
  if (id === undefined) return null
  if (by === 'name') return { id: Number(id), value, before }
  return /^\d{1,15}$/.test(value) ? { id: Number(id), value: Number(value), before } : null
}

const dayMs = 24 * 60 * 60_000

/** A day in UTC as epoch milliseconds; what is none counts for nothing. */
const dayField = z.iso
  .date()
  .transform(day => Date.parse(day))
  .nullable()
  .catch(null)
  .default(null)
const countField = z
  .union([z.literal('').transform(() => null), z.coerce.number().int().min(0).max(1_000_000_000)])
  .nullable()
  .catch(null)
  .default(null)
const placeField = z.string().max(260).nullable().catch(null).default(null)

/** What the list of members is narrowed to and ordered by; what makes no sense narrows nothing. */
export const memberSearchForm = z
  .object({
    q: z
      .string()
      .trim()
      .catch('')
      .default('')
      .transform(text => text.slice(0, 100)),
    group: z.coerce
      .number()
      .int()
      .positive()
      .max(2 ** 31 - 1)
      .nullable()
      .catch(null)
      .default(null),
    state: z.enum(memberStates).nullable().catch(null).default(null),
    joined_from: dayField,
    joined_to: dayField,
    seen: z.enum(seenSpans).nullable().catch(null).default(null),
    posts_from: countField,
    posts_to: countField,
    by: z.enum(memberOrders).catch('joined').default('joined'),
    way: z.enum(['up', 'down']).catch('down').default('down'),
    after: placeField,
    before: placeField,
  })
  .transform(({ q, joined_from, joined_to, posts_from, posts_to, group, state, seen, by, way, after, before }) => ({
    criteria: {
      text: q,
      group,
      state,
      seen,
      joinedFrom: joined_from,
      joinedBefore: joined_to === null ? null : joined_to + dayMs,
      postsFrom: posts_from,
      postsTo: posts_to,
    },
    order: { by, down: way === 'down' },
    place: { after, before },
  }))
