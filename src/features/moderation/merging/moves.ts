import type { Tables } from '../../../platform/store/index.ts'

/** What of a member goes to another one when the accounts are merged: rows of a table that name them in a column. */
export interface Move {
  readonly table: keyof Tables
  readonly column: string
  /** By what a row is known again; `id` unless told. */
  readonly key?: string
  /** Counted in the preview under `moderation.moves_<told>`. */
  readonly told?: string
  /** A member has only one row with the same value of this: one that the other has already stays behind. */
  readonly only?: string
  /** The same, but the row goes along and forgets that value. */
  readonly forgets?: string
}

/** In this order, posts before the topics that they open. */
export const moves: readonly Move[] = [
  { table: 'posts', column: 'member_id', told: 'posts' },
  { table: 'topics', column: 'member_id', told: 'topics' },
  { table: 'posts', column: 'edited_by_id' },
  { table: 'posts', column: 'recommended_by_id' },
  { table: 'post_versions', column: 'replaced_by_id' },
  { table: 'proposed_edits', column: 'member_id', key: 'post_id' },
  { table: 'drafts', column: 'member_id', told: 'drafts', forgets: 'place' },
  { table: 'follows', column: 'member_id', key: 'topic_id', told: 'follows', only: 'topic_id' },
  { table: 'attachments', column: 'member_id', told: 'uploads' },
  { table: 'claims', column: 'taken_by_id' },
  { table: 'member_notices', column: 'member_id' },
  { table: 'sanctions', column: 'member_id', told: 'sanctions' },
  { table: 'sanctions', column: 'imposed_by_id' },
  { table: 'member_notes', column: 'member_id', told: 'notes' },
  { table: 'member_notes', column: 'written_by_id' },
  { table: 'reports', column: 'member_id', told: 'reports' },
  { table: 'report_cases', column: 'assigned_member_id' },
  { table: 'report_cases', column: 'settled_by_id' },
  { table: 'report_notes', column: 'member_id' },
  { table: 'contact_messages', column: 'member_id' },
  { table: 'contact_messages', column: 'handled_by_id' },
  { table: 'invitations', column: 'created_by_id' },
]

/** Which of them a row of `merged_rows` stands for. */
export function placeOf({ table, column }: Move): string {
  return `${table}.${column}`
}
