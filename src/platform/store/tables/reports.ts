import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

/** A post that was reported: one open case at most, and every settled one. */
export interface ReportCasesTable {
  id: Generated<number>
  post_id: number
  opened_at: Time
  /** The moderator who looks after it. */
  assigned_member_id: number | null
  settled_at: Time | null
  settled_by_id: number | null
  outcome: 'acted' | 'no_breach' | 'duplicate' | null
  /** What the reporters are told besides. */
  word: string | null
}

/** What somebody reported about it. */
export interface ReportsTable {
  id: Generated<number>
  case_id: number
  /** null: a guest. */
  member_id: number | null
  /** Of a guest. */
  address: string | null
  /** A phrase key, or the words of an administrator's own list. */
  reason: string
  text: string
  created_at: Time
  /** It looks like the work of a machine. */
  suspect_at: Time | null
  /** What its reporter was told (`member_notices`), so that reopening takes it back. */
  notice_id: number | null
}

/** What moderators say to each other about a case. */
export interface ReportNotesTable {
  id: Generated<number>
  case_id: number
  member_id: number | null
  text: string
  created_at: Time
}

/** Members who want no mail about what came of their reports. */
export interface ReportMailStopsTable {
  member_id: number
  created_at: Time
}

/** Moderators whom a mail tells of new reports: everybody wants that until they say otherwise. */
export interface ReportAlertsTable {
  member_id: number
  wanted: Generated<Flag>
  /** When they were mailed last. */
  mailed_at: Time | null
}
