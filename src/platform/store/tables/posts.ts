import type { Generated } from 'kysely'
import type { Time } from './basics.ts'

export interface PostsTable {
  id: Generated<number>
  topic_id: number
  member_id: number | null
  guest_name: string | null
  /** 1..n among the topic's public posts; null while hidden, deleted or pending. The opening post is always 1. */
  position: number | null
  /** Its own position, else that of the public post after which staff and its author see it. */
  place: number
  html: string
  text: string
  content_version: number
  created_at: Time
  /** The writer's network address, for moderators. */
  address: string | null
  /** It was given to another member then: the address is none of theirs. */
  reassigned_at: Time | null
  hidden_at: Time | null
  deleted_at: Time | null
  pending_at: Time | null
  pending_reason: string | null
  /** Why a program may have sent it: a phrase key. Then it never appears by itself. */
  suspect: string | null
  edited_at: Time | null
  edited_by_id: number | null
  edit_reason: string | null
  recommended_at: Time | null
  recommended_by_id: number | null
  recommended_note: string | null
  /** Its text is gone for good. */
  erased_at: Time | null
  /** What it said stands in that post now; this row is deleted and keeps its address. */
  merged_into_id: number | null
}

/** Which posts were put into another topic together: by a merge or a split, under its number. */
export interface MovedPostsTable {
  move: string
  post_id: number
  /** The how manyth it was in the topic that it left, and behind which of those that stayed there. */
  nth: number
  behind_id: number | null
}

/** What a post said before an edit. */
export interface PostVersionsTable {
  id: Generated<number>
  post_id: number
  /** Only of an opening post: the topic's title at that time. */
  title: string | null
  html: string
  text: string
  /** When and by whom it was replaced, and why. */
  replaced_at: Time
  replaced_by_id: number
  reason: string | null
}

/** An edit that waits for approval while the approved text stays visible; the newest replaces an older one. */
export interface ProposedEditsTable {
  post_id: number
  member_id: number
  /** Only of an opening post: the title that the topic would get. */
  title: string | null
  html: string
  text: string
  content_version: number
  reason: string | null
  proposed_at: Time
  /** Why it waits: a phrase key. */
  pending_reason: string
  rejected_at: Time | null
}

export interface PostQuotesTable {
  post_id: number
  quoted_post_id: number
}

/** A member's form sent twice makes one post. */
export interface SubmissionsTable {
  member_id: number
  submission: string
  post_id: number
  created_at: Time
}

export interface DraftsTable {
  id: Generated<number>
  member_id: number
  forum_id: number | null
  topic_id: number | null
  title: string | null
  /** What is to stand before the title. */
  prefix_id: number | null
  body: string
  format: 'markdown' | 'html'
  /** Why it is a draft and not a post: a phrase key. */
  reason: string | null
  /** When this was typed. */
  created_at: Time
  /** `topic:12`, `forum:3` or `post:45`: it is saved there as its writer types. null: it could not be posted. */
  place: string | null
}
