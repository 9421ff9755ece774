import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

/** What holds a member back. A warning does until it is acknowledged, and counts until it ends. */
export interface SanctionsTable {
  id: Generated<number>
  member_id: number
  kind: 'ban' | 'no_posting' | 'no_links' | 'approval' | 'warning'
  /** In the moderator's words; the member reads it. */
  reason: string | null
  /** null: it followed from points by itself, or whoever did it is gone. */
  imposed_by_id: number | null
  created_at: Time
  /** When it ends by itself; null: never. */
  ends_at: Time | null
  /** Lifted, or ended by itself. */
  ended_at: Time | null
  points: Generated<number>
  /** Of a warning: the post that it is about; those who moderate where that is see it. */
  post_id: number | null
  /** Of a warning: which of the reasons, as it was called then. */
  title: string | null
  acknowledged_at: Time | null
  /** What the member said to a warning, once. */
  answer: string | null
  answered_at: Time | null
  /** The warning whose points led to it. */
  cause_id: number | null
}

/** What members are warned for. */
export interface WarningReasonsTable {
  id: Generated<number>
  title: string
  points: number
  /** For so long the points count; null: for good. */
  days: number | null
}

/** What so many points lead to. */
export interface WarningStepsTable {
  id: Generated<number>
  points: number
  kind: 'ban' | 'no_posting' | 'no_links' | 'approval'
  days: number | null
}

/** What moderators note about a member, for moderators. */
export interface MemberNotesTable {
  id: Generated<number>
  member_id: number
  written_by_id: number | null
  text: string
  created_at: Time
}

/** What `blocks` has besides, where it shuts out members as well. */
export interface BanOfMany {
  /** It also keeps members from there, or with such an address, from writing. */
  bans: Generated<Flag>
  /** It was made to keep people from registering, and does so still when the ban is over. */
  stays: Generated<Flag>
  /** Of the ban. */
  ends_at: Time | null
  /** What they read on every page. */
  reason: string | null
}
