import type { Generated } from 'kysely'
import type { Flag } from './basics.ts'

/** One row (id 1): what cached pages and cached permission tables are valid for. Every change bumps in its transaction. */
export interface RevisionsTable {
  id: number
  /** Names, groups, settings, forums: whatever any page may show around its content. */
  shell: number
  /** Groups' permissions and moderators' appointments. */
  permissions: number
  /** Counts that may lag (views, members' posts); bumped at most twice a minute. */
  counts: number
  /** Who is online, which may lag by a minute. */
  online: Generated<number>
  /** A fingerprint of those whom `online` stands for. */
  online_key: Generated<string>
}

export interface SettingsTable {
  key: string
  /** JSON. */
  value: string
}

export type GroupKind = 'guests' | 'members' | 'administrators' | 'custom'

export type GuestPosting = 'none' | 'claim' | 'named'

/** `images`: pictures alone; `files`: also documents, archives and the like. */
export type UploadKinds = 'none' | 'images' | 'files'

export interface GroupsTable {
  id: Generated<number>
  kind: GroupKind
  name: string
  /** Lower case, unique. */
  name_key: string
  /** Nobody acts on someone of equal or higher standing. Guests 0, members 10, administrators 1000. */
  standing: number
  /** For how long a member may edit an own post; null: always. */
  edit_minutes: number | null
  /** Only for the guests' group: the default of every forum. */
  guest_posting: GuestPosting | null
  /** What its members may upload. Guests never do. */
  upload_kinds: Generated<UploadKinds>
  /** The most that one file may have, and all files of a member together. */
  upload_file_bytes: Generated<number>
  upload_total_bytes: Generated<number>
  /** So many a post may show. */
  upload_post_count: Generated<number>
}

/** What a group may do in a forum, or everywhere (`forum_id` 0). The nearest answer up the tree counts; none is no. */
export interface PermissionsTable {
  forum_id: number
  group_id: number
  verb: string
  allowed: Flag
}

/** A member or a group, for all forums (`forum_id` 0) or one with its subforums. */
export interface ModeratorsTable {
  id: Generated<number>
  member_id: number | null
  group_id: number | null
  forum_id: number
  /** JSON list of act names, or ["*"]. */
  acts: string
}
