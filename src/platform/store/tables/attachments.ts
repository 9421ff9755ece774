import type { Generated } from 'kysely'
import type { Flag, Time } from './basics.ts'

/** A file that somebody uploaded, or that the forum keeps because a post shows it. */
export interface AttachmentsTable {
  id: Generated<number>
  /** Who uploaded it; null: the forum keeps it, from `source_url`. */
  member_id: number | null
  /** For people; it says nothing of what the file is. */
  name: string
  kind: 'image' | 'file'
  /** As which it is served: what its content was found to be. */
  type: string
  bytes: number
  /** Of pictures, in pixels. */
  width: number | null
  height: number | null
  /** Names of kept files; of pictures also as pages show them, and small. */
  file: string
  display: string | null
  thumb: string | null
  source_url: string | null
  created_at: Time
}

/** A text that shows an attachment, and so opens it to whoever may read that. */
export interface AttachmentUsesTable {
  attachment_id: number
  post_id: number
  /** The post as it is shows it; else an earlier version does, or an edit that waits. */
  shown: Flag
}
