import type { Generated } from 'kysely'
import type { Time } from './basics.ts'

/** What administrators did on their pages. */
export interface AdminLogTable {
  id: Generated<number>
  done_by_id: number | null
  at: Time
  /** The room of the administration in which it was done, such as `settings`. */
  room: string
  /** The page on which it was done. */
  path: string
  /** The member whom it was about. */
  member_id: number | null
  /** JSON: the phrase that says what was done. Names of members are not among what stands in its places. */
  message: string
  /** JSON list of settings with their value before and after; secrets are masked. Null: no settings. */
  changes: string | null
  undone_at: Time | null
  undone_by_id: number | null
}

/** One day in UTC, in figures. */
export interface BusyDaysTable {
  /** When it began. */
  day: Time
  posts: number
  topics: number
  members: number
}
