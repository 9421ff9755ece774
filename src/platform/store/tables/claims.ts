import type { Generated } from 'kysely'
import type { Time } from './basics.ts'

/**
 * What a guest wrote and nobody has taken yet (`topic`, `reply`), or a post published under a guest's name which the same
 * browser may take over (`post`).
 */
export interface ClaimsTable {
  id: Generated<number>
  kind: 'topic' | 'reply' | 'post'
  forum_id: number
  topic_id: number | null
  post_id: number | null
  title: string | null
  /** What is to stand before the title. */
  prefix_id: number | null
  /** As typed. */
  body: string
  format: 'markdown' | 'html'
  html: string
  text: string
  /** SHA-256 of kind, place and text: finds identical siblings of one browser; never gives access. */
  fingerprint: string
  address: string | null
  /** Why a program may have sent it: a phrase key. What becomes of it waits for approval. */
  suspect: string | null
  /** Where a link to it was asked for. */
  email: string | null
  email_key: string | null
  mailed_at: Time | null
  reminded_at: Time | null
  created_at: Time
  expires_at: Time
  /** Published, or made a draft: its text is gone from here, so that the same button pressed again still answers rightly. */
  taken_at: Time | null
  taken_by_id: number | null
}

export interface ClaimSecretsTable {
  /** SHA-256 of the secret, hex. */
  hash: string
  claim_id: number
  /** The address to which this secret was mailed: whoever has it reads there. */
  email_key: string | null
  created_at: Time
}
