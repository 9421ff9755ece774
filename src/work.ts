import { prepare } from './app/prepare.ts'
import type { Config } from './config.ts'
import { accountsLetters, purgeAccounts } from './features/accounts/index.ts'
import { adminLetters, countBusyDays } from './features/admin/index.ts'
import { announcementsJobs, announcementsSchedule } from './features/announcements/index.ts'
import { filesOf, removeUnused } from './features/attachments/index.ts'
import { backupsJobs, backupsSchedule, makeBackupJob, nightlyJob } from './features/backups/index.ts'
import { cardsJobs, cardsSchedule, fetchCardJob, goOutBy } from './features/cards/index.ts'
import { claimsLetters, purgeClaims } from './features/claims/index.ts'
import { purgeTyped } from './features/drafts/index.ts'
import { followsLetters, tellFollowers } from './features/follows/index.ts'
import { recountMembersJob } from './features/groups/index.ts'
import { type Letters, mailJob, mailJobs, mailSchedule } from './features/mail/index.ts'
import { answerRules, moderationJobs, moderationLetters, moderationSchedule } from './features/moderation/index.ts'
import { pagesLetters } from './features/pages/index.ts'
import {
  bringPicturesJob,
  elsewhereJobs,
  lookElsewhere,
  postPublished,
  purgeSubmissions,
  recountMembers,
  refreshCounts,
  refreshCountsJob,
  releaseForgotten,
} from './features/posts/index.ts'
import { privacyJobs, privacyLetters, privacySchedule } from './features/privacy/index.ts'
import { reportsJobs, reportsLetters, reportsSchedule } from './features/reports/index.ts'
import { ruleMatched } from './features/rules/index.ts'
import { endSanctions } from './features/sanctions/index.ts'
import { purgeSpam, spamLetters } from './features/spam/index.ts'
import { refreshOnline, refreshOnlineJob } from './features/topics/index.ts'
import { type Logger, purgeSessions } from './platform/http/index.ts'
import { type Answers, type Handlers, type Schedule, startWorker, type Worker } from './platform/jobs/index.ts'
import { purgeLimits } from './platform/limits/index.ts'
import { openWayOut } from './platform/outward/index.ts'
import type { Store } from './platform/store/index.ts'

const minute = 60_000
const hour = 60 * minute

/** What the forum mails, by its kind. */
export const letters: Letters = {
  ...accountsLetters,
  ...adminLetters,
  ...claimsLetters,
  ...followsLetters,
  ...pagesLetters,
  ...spamLetters,
  ...moderationLetters,
  ...privacyLetters,
  ...reportsLetters,
}

/** What happens, and who answers it. */
export const answers: Answers = {
  [postPublished]: [tellFollowers, lookElsewhere],
  [ruleMatched]: [answerRules],
}

/** Contents of background work: the name of a job, and the handler that does it. */
export const handlers: Handlers = {
  ...moderationJobs,
  ...announcementsJobs,
  ...reportsJobs,
  ...mailJobs(letters),
  ...privacyJobs,
  ...elsewhereJobs,
  ...cardsJobs,
  ...backupsJobs,
  [refreshCountsJob]: (_payload, { db }) => refreshCounts(db),
  [recountMembersJob]: (_payload, { db }) => recountMembers(db),
  [refreshOnlineJob]: (_payload, { db }) => refreshOnline(db),
  'posts.release-forgotten': (_payload, { db }) => releaseForgotten(db),
  'claims.purge': async (_payload, { db }) => void (await purgeClaims(db)),
  'drafts.purge': async (_payload, { db }) => void (await purgeTyped(db)),
  'attachments.purge': (_payload, { db }) => removeUnused(db, filesOf(db)),
  'sessions.purge': async (_payload, { db }) => void (await purgeSessions(db)),
  'accounts.purge': async (_payload, { db }) => void (await purgeAccounts(db)),
  'spam.purge': async (_payload, { db }) => void (await purgeSpam(db)),
  'sanctions.end': (_payload, { db }) => endSanctions(db),
  'submissions.purge': async (_payload, { db }) => void (await purgeSubmissions(db)),
  'admin.count-days': (_payload, { db }) => countBusyDays(db),
  'limits.purge': async (_payload, { db }) => void (await purgeLimits(db)),
}

/** What comes again by itself. */
export const schedule: readonly Schedule[] = [
  { name: refreshOnlineJob, everyMs: 50_000 },
  { name: 'posts.release-forgotten', everyMs: 10 * minute },
  { name: 'claims.purge', everyMs: 10 * minute },
  { name: 'drafts.purge', everyMs: 24 * hour },
  { name: 'attachments.purge', everyMs: 6 * hour },
  { name: 'limits.purge', everyMs: hour },
  { name: 'sessions.purge', everyMs: hour },
  { name: 'admin.count-days', everyMs: hour },
  { name: 'accounts.purge', everyMs: 24 * hour },
  { name: 'spam.purge', everyMs: hour },
  { name: 'sanctions.end', everyMs: 10 * minute },
  { name: 'submissions.purge', everyMs: 24 * hour },
  ...moderationSchedule,
  ...announcementsSchedule,
  ...reportsSchedule,
  ...privacySchedule,
  ...cardsSchedule,
  ...backupsSchedule,
  ...mailSchedule,
]

/** Starts the worker of this process. */
export function startWork({ config, store, logger }: { config: Config; store: Store; logger: Logger }): Worker {
  prepare(store, config, (facts, text) => logger.warn(facts, text))
  goOutBy(store.db, openWayOut())
  return startWorker({
    db: store.db,
    handlers,
    schedule,
    answers,
    // A mail server that hangs is waited for for a minute and a half, mail after mail; others' pages for some seconds; a
    // backup takes what it takes.
    apart: [[mailJob], [fetchCardJob, bringPicturesJob], [makeBackupJob, nightlyJob]],
    onJob: report => {
      if ('error' in report) logger.warn({ job: report.name, error: report.error }, 'job failed')
    },
    onError: error => logger.error({ error }, 'looking for work failed'),
  })
}
