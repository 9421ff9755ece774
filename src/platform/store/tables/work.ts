import type { Generated } from 'kysely'
import type { Time } from './basics.ts'

/** Addresses to which nothing is mailed any more. */
export interface MailStopsTable {
  /** As `email_key` of a member. */
  email_key: string
  /** `all`: nothing reaches it. `claims`: whoever reads there wants no mail about what guests wrote. */
  scope: 'all' | 'claims'
  /** What the mail server said; null when the reader asked for it. */
  answer: string | null
  created_at: Time
}

export interface RateLimitsTable {
  key: string
  points: number
  expires_at: Time | null
}

export interface JobsTable {
  id: Generated<number>
  name: string
  /** JSON. */
  payload: string
  /** A waiting job with the same key is not doubled; freed when the job is claimed. */
  key: string | null
  created_at: Time
  run_at: Time
  attempts: Generated<number>
  claimed_until: Time | null
  error: string | null
  failed_at: Time | null
}

/** What happened, written down in the transaction in which it did; gone when everybody who answers has. */
export interface EventsTable {
  id: Generated<number>
  name: string
  /** JSON. */
  payload: string
  /** Not before then. */
  due_at: Time
  attempts: Generated<number>
  error: string | null
  failed_at: Time | null
}

export interface SchedulesTable {
  name: string
  next_run_at: Time
  /** When it last began, how long that took, and what it failed with; null: it was never run, or went well. */
  last_run_at: Time | null
  last_run_ms: number | null
  last_error: string | null
  last_failed_at: Time | null
}

/** What an administrator has mails of one kind say in place of a phrase. */
export interface MailTextsTable {
  /** Such as `accounts.reset`. */
  kind: string
  /** A phrase key such as `accounts.mail_reset_text`. */
  key: string
  locale: string
  /** An ICU message. */
  text: string
}

/** Mails that were sent, for some days: to whom and what about, without their text. */
export interface SentMailsTable {
  id: Generated<number>
  kind: string
  /** null: a guest. */
  member_id: number | null
  at: Time
  /** `stopped`: the server refused the address for good. */
  outcome: 'sent' | 'kept' | 'stopped'
}
