import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

/** What stands above pages for a while. */
export interface AnnouncementsTable {
  id: Generated<number>
  title: string
  /** Markdown as it was typed. */
  body: string
  html: string
  audience: 'everybody' | 'guests' | 'members' | 'group'
  group_id: number | null
  /** On every page; else in the forums of `announcement_forums` and their subforums. */
  site_wide: Flag
  dismissible: Flag
  starts_at: Time
  /** null: until it is taken away. */
  ends_at: Time | null
  /** Pages that are kept show it: a job compares that with its dates. */
  shown: Generated<Flag>
  created_by_id: number | null
  created_at: Time
  changed_at: Time
  deleted_at: Time | null
  /** JSON: how it was before the last change, for Undo. */
  before: string | null
}

export interface AnnouncementForumsTable {
  announcement_id: number
  forum_id: number
}

/** Members who put one away. */
export interface AnnouncementDismissalsTable {
  announcement_id: number
  member_id: number
  created_at: Time
}
