import type { AdminLogTable, BusyDaysTable } from './tables/admin.ts'
import type {
  AnnouncementDismissalsTable,
  AnnouncementForumsTable,
  AnnouncementsTable,
} from './tables/announcements.ts'
import type { AttachmentsTable, AttachmentUsesTable } from './tables/attachments.ts'
import type { LinkCardsTable, LinkCardUsesTable } from './tables/cards.ts'
import type { ClaimSecretsTable, ClaimsTable } from './tables/claims.ts'
import type {
  FollowsTable,
  ForumReadsTable,
  ForumsTable,
  PrefixesTable,
  TopicLinksTable,
  TopicReadsTable,
  TopicsTable,
} from './tables/forums.ts'
import type {
  EmailChangesTable,
  FormerNamesTable,
  KnownBrowsersTable,
  MemberNoticesTable,
  MembersTable,
  MergedRowsTable,
  OneTimeSecretsTable,
  RememberTokensTable,
  SessionsTable,
  SignaturesTable,
} from './tables/members.ts'
import type { ModerationLogTable, SavedActsTable } from './tables/moderation.ts'
import type { ContactMessagesTable, PagesTable, PageVersionsTable } from './tables/pages.ts'
import type {
  DraftsTable,
  MovedPostsTable,
  PostQuotesTable,
  PostsTable,
  PostVersionsTable,
  ProposedEditsTable,
  SubmissionsTable,
} from './tables/posts.ts'
import type { ExportsTable, FarewellsTable } from './tables/privacy.ts'
import type {
  ReportAlertsTable,
  ReportCasesTable,
  ReportMailStopsTable,
  ReportNotesTable,
  ReportsTable,
} from './tables/reports.ts'
import type { RuleHitsTable, RulesTable, WordsTable } from './tables/rules.ts'
import type { MemberNotesTable, SanctionsTable, WarningReasonsTable, WarningStepsTable } from './tables/sanctions.ts'
import type { GroupsTable, ModeratorsTable, PermissionsTable, RevisionsTable, SettingsTable } from './tables/site.ts'
import type {
  BlocksTable,
  InvitationsTable,
  QuestionsTable,
  RefusedAccountsTable,
  SpamStopsTable,
  SpentProofsTable,
} from './tables/spam.ts'
import type {
  EventsTable,
  JobsTable,
  MailStopsTable,
  MailTextsTable,
  RateLimitsTable,
  SchedulesTable,
  SentMailsTable,
} from './tables/work.ts'

export type * from './tables/admin.ts'
export type * from './tables/announcements.ts'
export type * from './tables/attachments.ts'
export type * from './tables/basics.ts'
export type * from './tables/cards.ts'
export type * from './tables/claims.ts'
export type * from './tables/forums.ts'
export type * from './tables/members.ts'
export type * from './tables/moderation.ts'
export type * from './tables/pages.ts'
export type * from './tables/posts.ts'
export type * from './tables/privacy.ts'
export type * from './tables/reports.ts'
export type * from './tables/rules.ts'
export type * from './tables/sanctions.ts'
export type * from './tables/site.ts'
export type * from './tables/spam.ts'
export type * from './tables/work.ts'

/** Every table of the database, by its name. */
export interface Tables {
  revisions: RevisionsTable
  settings: SettingsTable
  groups: GroupsTable
  permissions: PermissionsTable
  members: MembersTable
  sessions: SessionsTable
  signatures: SignaturesTable
  remember_tokens: RememberTokensTable
  known_browsers: KnownBrowsersTable
  one_time_secrets: OneTimeSecretsTable
  email_changes: EmailChangesTable
  former_names: FormerNamesTable
  merged_rows: MergedRowsTable
  member_notices: MemberNoticesTable
  mail_stops: MailStopsTable
  mail_texts: MailTextsTable
  sent_mails: SentMailsTable
  rate_limits: RateLimitsTable
  jobs: JobsTable
  events: EventsTable
  schedules: SchedulesTable
  forums: ForumsTable
  prefixes: PrefixesTable
  topics: TopicsTable
  topic_links: TopicLinksTable
  posts: PostsTable
  post_versions: PostVersionsTable
  proposed_edits: ProposedEditsTable
  post_quotes: PostQuotesTable
  moved_posts: MovedPostsTable
  submissions: SubmissionsTable
  attachments: AttachmentsTable
  attachment_uses: AttachmentUsesTable
  link_cards: LinkCardsTable
  link_card_uses: LinkCardUsesTable
  topic_reads: TopicReadsTable
  forum_reads: ForumReadsTable
  claims: ClaimsTable
  claim_secrets: ClaimSecretsTable
  drafts: DraftsTable
  follows: FollowsTable
  moderators: ModeratorsTable
  moderation_log: ModerationLogTable
  report_cases: ReportCasesTable
  reports: ReportsTable
  report_notes: ReportNotesTable
  report_mail_stops: ReportMailStopsTable
  rules: RulesTable
  rule_hits: RuleHitsTable
  report_alerts: ReportAlertsTable
  words: WordsTable
  saved_acts: SavedActsTable
  sanctions: SanctionsTable
  warning_reasons: WarningReasonsTable
  warning_steps: WarningStepsTable
  member_notes: MemberNotesTable
  pages: PagesTable
  page_versions: PageVersionsTable
  contact_messages: ContactMessagesTable
  spam_stops: SpamStopsTable
  questions: QuestionsTable
  blocks: BlocksTable
  invitations: InvitationsTable
  spent_proofs: SpentProofsTable
  refused_accounts: RefusedAccountsTable
  exports: ExportsTable
  farewells: FarewellsTable
  admin_log: AdminLogTable
  announcements: AnnouncementsTable
  announcement_forums: AnnouncementForumsTable
  announcement_dismissals: AnnouncementDismissalsTable
  busy_days: BusyDaysTable
}
