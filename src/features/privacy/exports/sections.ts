import type { Member } from '../../members/index.ts'
import type { Section } from '../queries/sections.ts'

/** A table with an id. */
function own(name: string, table: Section['table'], owner: string, columns: readonly string[]): Section {
  return { name, table, owner, key: 'id', columns }
}

const times = ['created_at', 'expires_at'] as const

/**
 * What a member downloads besides their account and their posts, by the columns that say whose it is. Never what opens
 * something: the hashes of secrets stay here.
 */
export const sections: readonly Section[] = [
  own('sessions', 'sessions', 'member_id', ['device', 'address', 'touched_at', ...times]),
  own('remembered_browsers', 'remember_tokens', 'member_id', ['device', 'address', 'rotated_at', ...times]),
  { name: 'known_browsers', table: 'known_browsers', owner: 'member_id', key: 'token_hash', columns: ['used_at'] },
  { name: 'open_links', table: 'one_time_secrets', owner: 'member_id', key: 'hash', columns: ['purpose', ...times] },
  own('email_changes', 'email_changes', 'member_id', [
    'old_email',
    'new_email',
    'created_at',
    'confirmed_at',
    'reverted_at',
  ]),
  own('former_names', 'former_names', 'member_id', ['name', 'changed_at']),
  own('mails', 'sent_mails', 'member_id', ['kind', 'at', 'outcome']),
  {
    name: 'signature',
    table: 'signatures',
    owner: 'member_id',
    key: 'member_id',
    columns: ['html', 'text', 'written_at', 'removed_at'],
  },
  own('topics', 'topics', 'member_id', [
    ...['id', 'forum_id', 'title', 'created_at', 'post_count', 'views'],
    ...['locked_at', 'pinned_at', 'hidden_at', 'deleted_at', 'pending_at', 'pending_reason'],
  ]),
  {
    name: 'proposed_edits',
    table: 'proposed_edits',
    owner: 'member_id',
    key: 'post_id',
    columns: ['post_id', 'title', 'html', 'text', 'reason', 'proposed_at', 'pending_reason', 'rejected_at'],
  },
  own('drafts', 'drafts', 'member_id', [
    ...['place', 'forum_id', 'topic_id', 'title', 'body', 'format', 'reason', 'created_at'],
  ]),
  own('uploads', 'attachments', 'member_id', ['id', 'name', 'type', 'bytes', 'width', 'height', 'created_at']),
  own('claims_taken', 'claims', 'taken_by_id', [
    ...['kind', 'forum_id', 'topic_id', 'post_id', 'title', 'email', 'address', 'created_at', 'mailed_at'],
    ...['reminded_at', 'taken_at'],
  ]),
  {
    name: 'follows',
    table: 'follows',
    owner: 'member_id',
    key: 'topic_id',
    columns: ['topic_id', 'created_at', 'mailed_at'],
  },
  own('notices', 'member_notices', 'member_id', ['message', 'created_at']),
  { name: 'read_topics', table: 'topic_reads', owner: 'member_id', key: 'topic_id', columns: ['topic_id', 'read_at'] },
  { name: 'read_forums', table: 'forum_reads', owner: 'member_id', key: 'forum_id', columns: ['forum_id', 'read_at'] },
  own('edited_posts', 'posts', 'edited_by_id', ['id', 'topic_id', 'edited_at', 'edit_reason']),
  own('recommended_posts', 'posts', 'recommended_by_id', ['id', 'topic_id', 'recommended_at', 'recommended_note']),
  own('replaced_texts', 'post_versions', 'replaced_by_id', ['post_id', 'replaced_at', 'reason']),
  own('appointments', 'moderators', 'member_id', ['forum_id', 'acts']),
  own('moderation_done', 'moderation_log', 'member_id', [
    'act',
    'target_kind',
    'target_id',
    'at',
    'reason',
    'undone_at',
  ]),
  own('rules_switched_on', 'rules', 'on_by_id', ['name', 'on_at']),
  own('administration_done', 'admin_log', 'done_by_id', ['at', 'room', 'path', 'undone_at']),
  own('administration_undone', 'admin_log', 'undone_by_id', ['room', 'path', 'undone_at']),
  own('administration_about', 'admin_log', 'member_id', ['at', 'room']),
  own('moderation_undone', 'moderation_log', 'undone_by_id', ['act', 'target_kind', 'target_id', 'undone_at']),
  own('sanctions', 'sanctions', 'member_id', [
    ...['kind', 'title', 'reason', 'points', 'created_at', 'ends_at', 'ended_at'],
    ...['acknowledged_at', 'answer', 'answered_at'],
  ]),
  own('sanctions_given', 'sanctions', 'imposed_by_id', ['id', 'kind', 'created_at']),
  own('notes_about', 'member_notes', 'member_id', ['created_at']),
  own('notes_written', 'member_notes', 'written_by_id', ['text', 'created_at']),
  own('reports', 'reports', 'member_id', ['reason', 'text', 'created_at']),
  own('reports_settled', 'report_cases', 'settled_by_id', ['post_id', 'outcome', 'word', 'settled_at']),
  own('reports_assigned', 'report_cases', 'assigned_member_id', ['post_id', 'opened_at', 'settled_at']),
  own('report_notes', 'report_notes', 'member_id', ['case_id', 'text', 'created_at']),
  {
    name: 'report_mail_stops',
    table: 'report_mail_stops',
    owner: 'member_id',
    key: 'created_at',
    columns: ['created_at'],
  },
  own('contact_messages', 'contact_messages', 'member_id', [
    ...['name', 'email', 'subject', 'text', 'address', 'created_at', 'handled_at'],
  ]),
  own('contact_messages_handled', 'contact_messages', 'handled_by_id', ['id', 'handled_at']),
  own('invitations', 'invitations', 'created_by_id', ['note', 'most_uses', 'uses', 'ended_at', ...times]),
  {
    name: 'report_alerts',
    table: 'report_alerts',
    owner: 'member_id',
    key: 'member_id',
    columns: ['wanted', 'mailed_at'],
  },
  own('announcements', 'announcements', 'created_by_id', ['id', 'title', 'body', 'created_at', 'deleted_at']),
  {
    name: 'announcements_put_away',
    table: 'announcement_dismissals',
    owner: 'member_id',
    key: 'announcement_id',
    columns: ['announcement_id', 'created_at'],
  },
  {
    name: 'page_versions',
    table: 'page_versions',
    owner: 'member_id',
    key: 'created_at',
    columns: ['name', 'version', 'body', 'created_at'],
  },
  own('exports', 'exports', 'member_id', ['created_at', 'ready_at', 'size']),
]

/** What is kept under the address of a member, not under their number: for whoever has proven that it is theirs. */
export const sectionsByAddress: readonly Section[] = [
  {
    name: 'mail_stops',
    table: 'mail_stops',
    owner: 'email_key',
    key: 'scope',
    columns: ['scope', 'answer', 'created_at'],
  },
  own('claims_mailed', 'claims', 'email_key', [
    'kind',
    'email',
    'created_at',
    'mailed_at',
    'reminded_at',
    'expires_at',
  ]),
]

/** Under which key to look there; one that nothing has while the address may be somebody else's. */
export function provenKey({ email_key, email_verified_at }: Member): string {
  return email_verified_at === null ? '' : email_key
}
