import type { Generated } from 'kysely'
import type { Time } from './basics.ts'

/** Several acts on a topic under one name. */
export interface SavedActsTable {
  id: Generated<number>
  name: string
  /** JSON list of groups; empty: whoever may do each of them. */
  groups: string
  /** JSON list of acts, in their order, each with the fields of its form. */
  steps: string
  created_at: Time
}

export interface ModerationLogTable {
  id: Generated<number>
  /** Acts done by one press of a button share it. */
  batch: string
  act: string
  /** `edit`: the one proposed for the post `target_id`. `member`: an administrator's doing, in no forum (0). */
  target_kind: 'topic' | 'post' | 'edit' | 'claim' | 'member'
  target_id: number
  topic_id: number | null
  forum_id: number
  /** Who acted. */
  member_id: number
  at: Time
  reason: string | null
  /** JSON: what Undo and the sentence need. */
  details: string
  undone_at: Time | null
  undone_by_id: number | null
  /** The forum did it by itself, after this rule that `member_id` had switched on. */
  rule_id: number | null
}
