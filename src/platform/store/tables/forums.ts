import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'
import type { GuestPosting } from './site.ts'

export type TopicOrder = 'last' | 'newest' | 'replies' | 'views'

export interface ForumsTable {
  id: Generated<number>
  parent_id: number | null
  /** `link`: a row that leads to an address. */
  kind: 'category' | 'forum' | 'link'
  name: string
  slug: string
  description: string
  position: number
  /** null: as the parent, at the root as the guests' group. */
  guest_posting: GuestPosting | null
  /** Its topics are questions. */
  asks: Generated<Flag>
  /** The name of a drawing; null: that of its kind. */
  icon: string | null
  /** Markdown, and what was made of it. */
  rules: Generated<string>
  rules_html: Generated<string>
  /** In which topics are listed unless a reader asks for another; null: that of its kind. */
  topic_order: TopicOrder | null
  /** What waits for a moderator whoever writes it. */
  approval: 'topics' | 'all' | null
  /** Whoever does not know it sees nothing of the forum and of what is below it. */
  password_hash: string | null
  prefix_required: Generated<Flag>
  /** Ordinary members may read it, and guests, without a password: follows from permissions, and is kept right with them. */
  members_read: Generated<Flag>
  guests_read: Generated<Flag>
  /** Of a link: where it leads, and how often somebody went there. */
  leads_to: string | null
  clicks: Generated<number>
  /** Public topics, and public posts in them; subforums not included. */
  topic_count: Generated<number>
  post_count: Generated<number>
  last_post_id: number | null
  revision: Generated<number>
  created_at: Time
}

/** What may stand before the titles of a forum's topics. */
export interface PrefixesTable {
  id: Generated<number>
  forum_id: number
  name: string
  /** One of a fixed set of looks. */
  colour: string
  position: number
}

export interface TopicsTable {
  id: Generated<number>
  forum_id: number
  title: string
  slug: string
  /** One that is gone is shown nowhere. */
  prefix_id: number | null
  member_id: number | null
  /** Who started it without an account. */
  guest_name: string | null
  created_at: Time
  first_post_id: number | null
  /** The last public post. */
  last_post_id: number | null
  last_post_at: Time
  /** Public posts, the opening one included: also the highest position given out. */
  post_count: Generated<number>
  views: Generated<number>
  pinned_at: Time | null
  /** Then it is pinned no longer. */
  pinned_until: Time | null
  /** The staff point it out in lists. */
  featured_at: Time | null
  locked_at: Time | null
  hidden_at: Time | null
  deleted_at: Time | null
  pending_at: Time | null
  /** Why it waits: a phrase key. */
  pending_reason: string | null
  /** Its posts stand in that topic now; this row is deleted and keeps its address. */
  merged_into_id: number | null
  /** It was deleted for so long that the texts of its posts are gone for good. */
  purged_at: Time | null
  revision: Generated<number>
}

/** Left in the forum from which a topic was moved. */
export interface TopicLinksTable {
  id: Generated<number>
  forum_id: number
  topic_id: number
  created_at: Time
  /** null: it stays. */
  until: Time | null
}

export interface TopicReadsTable {
  member_id: number
  topic_id: number
  /** Posts up to then were seen. */
  read_at: Time
}

export interface ForumReadsTable {
  member_id: number
  forum_id: number
  read_at: Time
}

/** Whoever wants to hear of replies to a topic by mail. */
export interface FollowsTable {
  member_id: number
  topic_id: number
  created_at: Time
  /** A mail went out since their last visit: the next one waits for another visit. */
  mailed_at: Time | null
}
