import { z } from 'zod'

/** What has to be true of a post, all of it; what is left out is not asked. */
export const conditionsType = z.object({
  /** So many different members reported it, who had joined at least so many days before. */
  reports: z.object({ count: z.number(), days: z.number() }).optional(),
  /** Its author has fewer public posts. Who has no account has none. */
  firstPosts: z.number().optional(),
  /** One of these stands in it, as plain words. */
  words: z.array(z.string()).readonly().optional(),
  /** It leads to so many places elsewhere. */
  links: z.number().optional(),
  /** One of those places is at one of these domains, or below. */
  domains: z.array(z.string()).optional(),
  /** With it the same was posted so many times within an hour. */
  similar: z.number().optional(),
})

export type Conditions = z.infer<typeof conditionsType>

export const actions = ['hold', 'hide', 'flag', 'notify'] as const
export type Action = (typeof actions)[number]

export const writers = ['all', 'members', 'guests'] as const
export type Writers = (typeof writers)[number]

/** What an administrator composed. */
export interface RuleText {
  readonly name: string
  readonly action: Action
  readonly writers: Writers
  /** Empty: every forum. */
  readonly forums: readonly number[]
  readonly conditions: Conditions
}

/** A rule as it is kept. */
export interface Rule extends RuleText {
  readonly id: number
  /** Epoch milliseconds; null: switched off. */
  readonly onAt: number | null
  readonly onById: number | null
}
