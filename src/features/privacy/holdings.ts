import type { Tables } from '../../platform/store/index.ts'

/** A column that says whose a row is, or who did something. */
export interface Holding {
  readonly table: keyof Tables
  readonly column: string
  /** What becomes of its rows when the account is deleted. What is kept names nobody: the member's own row does not. */
  readonly fate: 'delete' | 'keep'
}

/** Wherever a member is written down: adding such a column is adding a line here, and one to what they can download. */
export const holdings: readonly Holding[] = [
  { table: 'sessions', column: 'member_id', fate: 'delete' },
  { table: 'remember_tokens', column: 'member_id', fate: 'delete' },
  { table: 'known_browsers', column: 'member_id', fate: 'delete' },
  { table: 'one_time_secrets', column: 'member_id', fate: 'delete' },
  { table: 'email_changes', column: 'member_id', fate: 'delete' },
  { table: 'former_names', column: 'member_id', fate: 'delete' },
  { table: 'signatures', column: 'member_id', fate: 'delete' },
  { table: 'topics', column: 'member_id', fate: 'keep' },
  { table: 'posts', column: 'member_id', fate: 'keep' },
  { table: 'posts', column: 'edited_by_id', fate: 'keep' },
  { table: 'posts', column: 'recommended_by_id', fate: 'keep' },
  { table: 'post_versions', column: 'replaced_by_id', fate: 'keep' },
  { table: 'proposed_edits', column: 'member_id', fate: 'delete' },
  { table: 'sent_mails', column: 'member_id', fate: 'delete' },
  { table: 'follows', column: 'member_id', fate: 'delete' },
  { table: 'member_notices', column: 'member_id', fate: 'delete' },
  { table: 'submissions', column: 'member_id', fate: 'delete' },
  { table: 'topic_reads', column: 'member_id', fate: 'delete' },
  { table: 'forum_reads', column: 'member_id', fate: 'delete' },
  { table: 'claims', column: 'taken_by_id', fate: 'delete' },
  { table: 'drafts', column: 'member_id', fate: 'delete' },
  { table: 'attachments', column: 'member_id', fate: 'keep' },
  { table: 'moderators', column: 'member_id', fate: 'delete' },
  { table: 'moderation_log', column: 'member_id', fate: 'keep' },
  { table: 'moderation_log', column: 'undone_by_id', fate: 'keep' },
  { table: 'sanctions', column: 'member_id', fate: 'delete' },
  { table: 'sanctions', column: 'imposed_by_id', fate: 'keep' },
  { table: 'member_notes', column: 'member_id', fate: 'delete' },
  { table: 'member_notes', column: 'written_by_id', fate: 'keep' },
  { table: 'report_cases', column: 'assigned_member_id', fate: 'keep' },
  { table: 'report_cases', column: 'settled_by_id', fate: 'keep' },
  { table: 'reports', column: 'member_id', fate: 'delete' },
  { table: 'report_notes', column: 'member_id', fate: 'keep' },
  { table: 'report_mail_stops', column: 'member_id', fate: 'delete' },
  { table: 'report_alerts', column: 'member_id', fate: 'delete' },
  { table: 'announcements', column: 'created_by_id', fate: 'keep' },
  { table: 'announcement_dismissals', column: 'member_id', fate: 'delete' },
  { table: 'page_versions', column: 'member_id', fate: 'keep' },
  { table: 'contact_messages', column: 'member_id', fate: 'delete' },
  { table: 'contact_messages', column: 'handled_by_id', fate: 'keep' },
  { table: 'invitations', column: 'created_by_id', fate: 'keep' },
  { table: 'exports', column: 'member_id', fate: 'delete' },
  { table: 'exports', column: 'asked_by_id', fate: 'delete' },
  { table: 'rules', column: 'on_by_id', fate: 'keep' },
  { table: 'admin_log', column: 'done_by_id', fate: 'keep' },
  { table: 'admin_log', column: 'member_id', fate: 'keep' },
  { table: 'admin_log', column: 'undone_by_id', fate: 'keep' },
]
