import type { Generated } from 'kysely'

/** Epoch milliseconds. */
export type Time = number
/** 0 or 1: better-sqlite3 binds no booleans. */
export type Flag = 0 | 1

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
}

/** What a group may do in a forum, or everywhere (`forum_id` 0). The nearest answer up the tree counts; none is no. */
export interface PermissionsTable {
  forum_id: number
  group_id: number
  verb: string
  allowed: Flag
}

export interface MembersTable {
  id: Generated<number>
  name: string
  /** Look-alikes (case, spaces, confusable characters) share it; unique. */
  name_key: string
  email: string
  /** Lower case, unique. */
  email_key: string
  password_hash: string
  group_id: number
  joined_at: Time
  last_seen_at: Time | null
  /** Nobody is told that they are online. */
  hide_online: Generated<Flag>
  /** Public posts in public topics. */
  post_count: Generated<number>
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
  /** The version of the terms that they accepted last. */
  terms_version: number | null
  terms_accepted_at: Time | null
  /** When they asked for their account to be deleted; signing in takes it back. */
  leaving_at: Time | null
  /** What shall become of their posts then. */
  leaving_posts: 'keep' | 'remove' | null
  /** The account is gone; what is left only stands where its posts were. */
  deleted_at: Time | null
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

/** Addresses to which nothing is mailed any more. */
export interface MailStopsTable {
  /** As `email_key` of a member. */
  email_key: string
  /** `all`: nothing reaches it. `claims`: whoever reads there wants no mail about what guests wrote. */
  scope: 'all' | 'claims'
  /** What the mail server said; null when the reader asked for it. */
  answer: string | null
  created_at: Time
}

export interface RateLimitsTable {
  key: string
  points: number
  expires_at: Time | null
}

export interface JobsTable {
  id: Generated<number>
  name: string
  /** JSON. */
  payload: string
  /** A waiting job with the same key is not doubled; freed when the job is claimed. */
  key: string | null
  created_at: Time
  run_at: Time
  attempts: Generated<number>
  claimed_until: Time | null
  error: string | null
  failed_at: Time | null
}

/** What happened, written down in the transaction in which it did; gone when everybody who answers has. */
export interface EventsTable {
  id: Generated<number>
  name: string
  /** JSON. */
  payload: string
  /** Not before then. */
  due_at: Time
  attempts: Generated<number>
  error: string | null
  failed_at: Time | null
}

export interface SchedulesTable {
  name: string
  next_run_at: Time
}

export interface ForumsTable {
  id: Generated<number>
  parent_id: number | null
  kind: 'category' | 'forum'
  name: string
  slug: string
  description: string
  position: number
  /** null: as the parent, at the root as the guests' group. */
  guest_posting: GuestPosting | null
  /** Public topics, and public posts in them; subforums not included. */
  topic_count: Generated<number>
  post_count: Generated<number>
  last_post_id: number | null
  revision: Generated<number>
  created_at: Time
}

export interface TopicsTable {
  id: Generated<number>
  forum_id: number
  title: string
  slug: string
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
  locked_at: Time | null
  hidden_at: Time | null
  deleted_at: Time | null
  pending_at: Time | null
  /** Why it waits: a phrase key. */
  pending_reason: string | null
  revision: Generated<number>
}

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
  hidden_at: Time | null
  deleted_at: Time | null
  pending_at: Time | null
  pending_reason: string | null
  edited_at: Time | null
  edited_by_id: number | null
  edit_reason: string | null
  recommended_at: Time | null
  recommended_by_id: number | null
  recommended_note: string | null
  /** Its text is gone for good. */
  erased_at: Time | null
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

/**
 * What a guest wrote and nobody has taken yet (`topic`, `reply`), or a post published under a guest's name which the same
 * browser may take over (`post`).
 */
export interface ClaimsTable {
  id: Generated<number>
  kind: 'topic' | 'reply' | 'post'
  forum_id: number
  topic_id: number | null
  post_id: number | null
  title: string | null
  /** As typed. */
  body: string
  format: 'markdown' | 'html'
  html: string
  text: string
  /** SHA-256 of kind, place and text: finds identical siblings of one browser; never gives access. */
  fingerprint: string
  address: string | null
  /** Why a program may have sent it: a phrase key. What becomes of it waits for approval. */
  suspect: string | null
  /** Where a link to it was asked for. */
  email: string | null
  email_key: string | null
  mailed_at: Time | null
  reminded_at: Time | null
  created_at: Time
  expires_at: Time
  /** Published, or made a draft: its text is gone from here, so that the same button pressed again still answers rightly. */
  taken_at: Time | null
  taken_by_id: number | null
}

export interface ClaimSecretsTable {
  /** SHA-256 of the secret, hex. */
  hash: string
  claim_id: number
  /** The address to which this secret was mailed: whoever has it reads there. */
  email_key: string | null
  created_at: Time
}

export interface DraftsTable {
  id: Generated<number>
  member_id: number
  forum_id: number | null
  topic_id: number | null
  title: string | null
  body: string
  format: 'markdown' | 'html'
  /** Why it is a draft and not a post: a phrase key. */
  reason: string | null
  created_at: Time
}

/** Whoever wants to hear of replies to a topic by mail. */
export interface FollowsTable {
  member_id: number
  topic_id: number
  created_at: Time
  /** A mail went out since their last visit: the next one waits for another visit. */
  mailed_at: Time | null
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
}

/** Everything about a member in one file, made by a job and kept for some days. */
export interface ExportsTable {
  id: Generated<number>
  /** Whose it is about. */
  member_id: number
  /** Who asked, and alone may download it: the member, or an administrator for them. */
  asked_by_id: number
  created_at: Time
  /** Rows written, of as many; 0 of 0 until it has begun. */
  progress: Generated<number>
  total: Generated<number>
  /** Its name below DATA_DIR/exports; null until it is ready. */
  file: string | null
  size: number | null
  ready_at: Time | null
}

/** How often a check stopped somebody, by day. */
export interface SpamStopsTable {
  check: string
  /** Days since 1970, UTC. */
  day: number
  stopped: number
}

/** What an administrator asks of those who register. */
export interface QuestionsTable {
  id: Generated<number>
  question: string
  /** JSON list of what is taken for right. */
  answers: string
  created_at: Time
}

/** Who may not register. */
export interface BlocksTable {
  id: Generated<number>
  kind: 'name' | 'address' | 'email'
  /** A name with `*` for anything; an address or a range; an e-mail address or a domain. */
  pattern: string
  created_at: Time
}

/** Links by which people come in where registration is by invitation. */
export interface InvitationsTable {
  id: Generated<number>
  /** SHA-256 of the secret in the link, hex. */
  hash: string
  /** For whom it is, in the administrators' words. */
  note: string
  /** null: any number. */
  most_uses: number | null
  uses: Generated<number>
  /** null: until somebody ends it. */
  expires_at: Time | null
  ended_at: Time | null
  created_at: Time
  created_by_id: number | null
}

/** Solutions that were used; each is good for one form. */
export interface SpentProofsTable {
  hash: string
  expires_at: Time
}

/** Whom administrators did not take in; kept until the letter that says so is sent. */
export interface RefusedAccountsTable {
  id: Generated<number>
  name: string
  email: string
  locale: string | null
  reason: string
  refused_at: Time
}

/** A page of the community's own text, or the one by which people write to the administrators. */
export interface PagesTable {
  name: 'terms' | 'privacy' | 'guidelines' | 'contact'
  /** Its newest version; 0 for a page without a text. */
  version: number
  /** Since when it is switched off: not linked, and not there. */
  off_at: Time | null
}

/** Everything such a page ever said. */
export interface PageVersionsTable {
  name: PagesTable['name']
  /** 1 is the text that a forum comes with. */
  version: number
  /** As typed, in Markdown. */
  body: string
  html: string
  /** Whoever has not accepted this version, or a later one, is asked to. */
  asks: Flag
  created_at: Time
  member_id: number | null
}

/** What people wrote to the administrators. */
export interface ContactMessagesTable {
  id: Generated<number>
  name: string
  email: string
  subject: string
  text: string
  member_id: number | null
  address: string | null
  created_at: Time
  /** It looks like the work of a machine. */
  suspect_at: Time | null
  handled_at: Time | null
  handled_by_id: number | null
}

/** To whom to say that their account is gone, when its row knows no address any more; kept until that is mailed. */
export interface FarewellsTable {
  id: Generated<number>
  name: string
  email: string
  locale: string | null
  /** An administrator did it. */
  by_staff: Flag
  created_at: Time
}

export interface Tables {
  revisions: RevisionsTable
  settings: SettingsTable
  groups: GroupsTable
  permissions: PermissionsTable
  members: MembersTable
  sessions: SessionsTable
  remember_tokens: RememberTokensTable
  known_browsers: KnownBrowsersTable
  one_time_secrets: OneTimeSecretsTable
  email_changes: EmailChangesTable
  member_notices: MemberNoticesTable
  mail_stops: MailStopsTable
  rate_limits: RateLimitsTable
  jobs: JobsTable
  events: EventsTable
  schedules: SchedulesTable
  forums: ForumsTable
  topics: TopicsTable
  posts: PostsTable
  post_versions: PostVersionsTable
  proposed_edits: ProposedEditsTable
  post_quotes: PostQuotesTable
  submissions: SubmissionsTable
  topic_reads: TopicReadsTable
  forum_reads: ForumReadsTable
  claims: ClaimsTable
  claim_secrets: ClaimSecretsTable
  drafts: DraftsTable
  follows: FollowsTable
  moderators: ModeratorsTable
  moderation_log: ModerationLogTable
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
}
