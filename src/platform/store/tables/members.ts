import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

export interface MembersTable {
  id: Generated<number>
  name: string
  /** Look-alikes (case, spaces, confusable characters) share it; unique. */
  name_key: string
  email: string
  /** Lower case, unique. */
  email_key: string
  password_hash: string
  /** How often all that kept its member signed in was ended with the password: what began before is over. */
  hands: Generated<number>
  group_id: number
  joined_at: Time
  last_seen_at: Time | null
  /** Nobody is told that they are online. */
  hide_online: Generated<Flag>
  /** They would rather not see signatures. */
  hide_signatures: Generated<Flag>
  /** Public posts in public topics. */
  post_count: Generated<number>
  /** Of those, how many stand in forums that ordinary members, and that guests, may read: what these are shown. */
  posts_for_members: Generated<number>
  posts_for_guests: Generated<number>
  locale: string | null
  time_zone: string | null
  theme: string | null
  /** Everything older counts as read. */
  read_all_at: Time
  /** The address was proven to be theirs. */
  email_verified_at: Time | null
  /** Since when the forum asks them to prove it; null: nobody asked. */
  email_demanded_at: Time | null
  /** Their account waits for an administrator. */
  pending_at: Time | null
  /** Why it waits: a phrase key. */
  pending_reason: string | null
  /** The network address that an account which waits was made from. */
  pending_address: string | null
  /** By which invitation they came. */
  invitation_id: number | null
  /** Since when something holds them back, or did until not long ago: what does stands in `sanctions`. null: nothing. */
  sanctioned_at: Time | null
  /** The version of the terms that they accepted last. */
  terms_version: number | null
  terms_accepted_at: Time | null
  /** When they asked for their account to be deleted; signing in takes it back. */
  leaving_at: Time | null
  /** What shall become of their posts then. */
  leaving_posts: 'keep' | 'remove' | null
  /** The account is gone; what is left only stands where its posts were. */
  deleted_at: Time | null
  /** An administrator closed it: nobody signs in to it, and everything stays. */
  closed_at: Time | null
  /** Everything of it is that member's since then; the account stays closed, and is deleted after a while. */
  merged_into_id: number | null
  merged_at: Time | null
}

/** What went to another member when an account was merged into theirs. */
export interface MergedRowsTable {
  id: Generated<number>
  /** The account that was merged. */
  source_id: number
  /** Such as `posts.member_id`. */
  held_in: string
  row_id: number
  /** What the row had to forget because the other member had one with the same. */
  was: string | null
}

/** As members were called before: nobody else may be called so, and they are found by it. */
export interface FormerNamesTable {
  id: Generated<number>
  member_id: number
  name: string
  /** As `name_key` of a member. */
  name_key: string
  changed_at: Time
}

/** What stands under all posts of a member. */
export interface SignaturesTable {
  member_id: number
  html: string
  text: string
  written_at: Time
  /** A moderator took it away; its member sees it still, and may write another one. */
  removed_at: Time | null
}

export interface SessionsTable {
  /** SHA-256 of the cookie's value, hex. */
  id: string
  member_id: number | null
  data: string
  /** Such as "Firefox on Linux"; for the list of where a member is signed in. */
  device: string | null
  address: string | null
  /** What keeps this browser signed in when the session is over. */
  series_id: number | null
  created_at: Time
  touched_at: Time
  expires_at: Time
}

/** What keeps one browser signed in: its series stays, its token changes at every use. Hashes only. */
export interface RememberTokensTable {
  id: Generated<number>
  member_id: number
  series_hash: string
  token_hash: string
  /** The token before: good for as long as the browser may not have got the new one. */
  previous_hash: string | null
  rotated_at: Time
  device: string | null
  address: string | null
  created_at: Time
  expires_at: Time
}

/** Browsers that have signed in to an account: failures elsewhere never shut them out. */
export interface KnownBrowsersTable {
  member_id: number
  token_hash: string
  used_at: Time
}

/** Set-up links, resets, verifications and the like: hashes only, each used once. */
export interface OneTimeSecretsTable {
  hash: string
  purpose: string
  member_id: number | null
  /** What it is good for beside whom: the key of an address, or the id of a row. */
  about: string | null
  created_at: Time
  expires_at: Time
}

/** A change of address: proven from the new one, and for some days taken back from the old one. */
export interface EmailChangesTable {
  id: Generated<number>
  member_id: number
  old_email: string
  new_email: string
  created_at: Time
  confirmed_at: Time | null
  reverted_at: Time | null
}

/** What a member is told on every page until they put it away. */
export interface MemberNoticesTable {
  id: Generated<number>
  member_id: number
  /** JSON: a phrase and what stands in its places. */
  message: string
  created_at: Time
}
