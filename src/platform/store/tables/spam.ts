import type { Generated } from 'kysely'
import type { Time } from './basics.ts'
import type { BanOfMany } from './sanctions.ts'

/** How often a check stopped somebody, by day. */
export interface SpamStopsTable {
  check: string
  /** Days since 1970, UTC. */
  day: number
  stopped: number
}

/** What an administrator asks of those who register. */
export interface QuestionsTable {
  id: Generated<number>
  question: string
  /** JSON list of what is taken for right. */
  answers: string
  created_at: Time
}

/** Who may not register; some also shut out members. */
export interface BlocksTable extends BanOfMany {
  id: Generated<number>
  kind: 'name' | 'address' | 'email'
  /** A name with `*` for anything; an address or a range; an e-mail address or a domain. */
  pattern: string
  created_at: Time
}

/** Links by which people come in where registration is by invitation. */
export interface InvitationsTable {
  id: Generated<number>
  /** SHA-256 of the secret in the link, hex. */
  hash: string
  /** For whom it is, in the administrators' words. */
  note: string
  /** null: any number. */
  most_uses: number | null
  uses: Generated<number>
  /** null: until somebody ends it. */
  expires_at: Time | null
  ended_at: Time | null
  created_at: Time
  created_by_id: number | null
}

/** Solutions that were used; each is good for one form. */
export interface SpentProofsTable {
  hash: string
  expires_at: Time
}

/** Whom administrators did not take in; kept until the letter that says so is sent. */
export interface RefusedAccountsTable {
  id: Generated<number>
  name: string
  email: string
  locale: string | null
  reason: string
  refused_at: Time
}
