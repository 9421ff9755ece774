import { join } from 'node:path'
import { Router } from 'express'
import { mailLayouts } from './app/mail-layouts.ts'
import { prepare } from './app/prepare.ts'
import { shellOf } from './app/shell.ts'
import { writingSlots } from './app/writing.ts'
import type { Config } from './config.ts'
import { frameHosts } from './content/index.ts'
import {
  type AccountsDeps,
  accountsRouter,
  confirmPassword,
  memberSessions,
  setupLink,
  toldRoutes,
} from './features/accounts/index.ts'
import {
  adminDoor,
  adminRouter,
  adminUploads,
  closeForMaintenance,
  isWithoutStyles,
  logDeeds,
  stylesRouter,
  viewAs,
} from './features/admin/index.ts'
import { announcementsRouter, guestsMayPutAway } from './features/announcements/index.ts'
import { attachmentsRouter, attachmentUploads, formUploadPaths, formUploads } from './features/attachments/index.ts'
import { backupsRouter, backupUploads, closeWhileRestoring, whenRestored } from './features/backups/index.ts'
import { claimRoutes } from './features/claims/index.ts'
import { draftsRouter } from './features/drafts/index.ts'
import { followButton, followsRouter } from './features/follows/index.ts'
import { forumsRouter } from './features/forums/index.ts'
import { unsubscribePaths } from './features/mail/index.ts'
import { membersRouter, profilePages } from './features/members/index.ts'
import {
  forumPageSlots,
  freshOffers,
  moderationRouter,
  profileSlots,
  topicPageSlots,
} from './features/moderation/index.ts'
import { askForTerms, installPages, pagesRouter, textPages } from './features/pages/index.ts'
import {
  adoptWelcome,
  installDefaults,
  postsPageKinds,
  postsRouter,
  readableUses,
  ViewCounter,
} from './features/posts/index.ts'
import { privacyRouter } from './features/privacy/index.ts'
import { reportPaths, reportsRouter } from './features/reports/index.ts'
import { signaturesRouter } from './features/signatures/index.ts'
import { invitedGuests, signFormsWith, spamRouter } from './features/spam/index.ts'
import { topicsPageKinds, topicsRouter } from './features/topics/index.ts'
import { takeAsMarkdown, writingRouter } from './features/writing/index.ts'
import { NotFound } from './platform/errors.ts'
import { type Files, fileRoutes, openFiles } from './platform/files/index.ts'
import {
  compileViews,
  errorPages,
  type Handler,
  healthRoutes,
  inFront,
  type Listener,
  type Logger,
  noticeRoutes,
  openAssets,
  page,
  pageCache,
  readableUrl,
  readBodies,
  requestLog,
  sameOrigin,
  securityHeadersOf,
  sessions,
  versionOf,
  webApp,
  webOf,
} from './platform/http/index.ts'
import { createHasher } from './platform/passwords/index.ts'
import { inHurry, mayHang, pendingMigrations, rememberRevisions, type Store } from './platform/store/index.ts'
import { addSampleContent } from './seed/index.ts'
import { schedule } from './work.ts'

export interface AppOptions {
  readonly config: Config
  readonly store: Store
  readonly logger: Logger
}

export interface App {
  /** What an HTTP server calls for each request. */
  readonly app: Listener
  /** While there is no administrator: where one is made, under this address of the forum. */
  setupLink(baseUrl: string): Promise<string | null>
  /** Writes what was only counted in memory so far. */
  close(): Promise<void>
}

const root = join(import.meta.dirname, '..')

/** Parts of pages that name the same people and moments over and over. */
const keptParts = ['shared/time', 'shared/author', 'shared/last']

/** The contents of the web: what every request passes, in order, then every feature's router. */
export async function createApp({ config, store, logger }: AppOptions): Promise<App> {
  prepare(store, config, (facts, text) => logger.warn(facts, text))
  const { db } = store
  signFormsWith(db, config.sessionSecret)
  const install = async () => {
    await installDefaults(db)
    await installPages(db)
  }
  await install()
  whenRestored(db, install)
  const views = compileViews(join(root, 'views'), { debug: !config.production, keep: keptParts })
  const assets = openAssets(join(root, 'public'))
  const saying = { ...config, frames: frameHosts }
  const app = webApp({ config: saying, views, assets, shell: shellOf(db, config) })
  const hasher = createHasher({ cost: config.bcryptCost })
  const accounts: AccountsDeps = { db, hasher, adoptWelcome, addSampleContent }
  const files = openFiles(join(config.dataDir, 'files'))
  const counter = new ViewCounter(db, error => logger.error({ error }, 'views not written'))

  app.use(assets.router, fileRoutes(files), stylesRouter({ db }))
  const isCurrent = async () => (await pendingMigrations(store)).length === 0
  app.use(healthRoutes(isCurrent))
  app.use(
    readBodies({
      uploads: [...adminUploads, ...attachmentUploads, ...backupUploads, ...formUploadPaths, ...unsubscribePaths],
    }),
    sameOrigin(config),
    sessions({ db, config }),
  )
  app.use((_req, res, next) => void res.once('close', rememberRevisions(next)))
  const uploads = formUploads({ db, files })
  app.use(
    memberSessions({ db }),
    viewAs({ db }),
    uploads.read,
    closeForMaintenance(db),
    takeAsMarkdown({ db }),
    uploads.attach,
  )
  app.use(invitedGuests({ db }), askForTerms({ db }), freshOffers({ db }))
  app.use('/admin', adminDoor({ db, confirmPassword: confirmPassword(accounts) }))
  // Among the moderators' pages, and for administrators alone.
  app.use('/modcp/warnings/rules', logDeeds(db))
  app.use(features(accounts, counter, { files, config, isCurrent }))
  app.use((_req, _res, next) => next(new NotFound()))
  app.use(errorPages({ logger, isGuest: req => !req.viewer?.member }))

  const kinds = [...topicsPageKinds, ...postsPageKinds(counter), profilePages, textPages]
  const { origin } = webOf({ app })
  const headers = securityHeadersOf(saying)
  const announcements = () => guestsMayPutAway(db)
  const cache = pageCache({ db, kinds, origin, announcements, version: ownVersion(), headers })
  return {
    app: inFront(app, [
      requestLog(logger),
      readableUrl(),
      closeWhileRestoring(db, { headers, styles: assets.url('main.css') }),
      ...(mayHang(db) ? [hurry] : []),
      (req, res, next) => (isWithoutStyles(req.url ?? '') ? next() : cache(req, res, next)),
    ]),
    setupLink: baseUrl => setupLink(db, baseUrl),
    close: () => counter.flush(),
  }
}

let version: string | undefined

/** Of what this process runs, which does not change with what changes on the disk. */
function ownVersion(): string {
  version ??= versionOf(['src', 'views', 'public'].map(folder => join(root, folder)))
  return version
}

/** Nobody waits for the database for longer than they would for a page that says so. */
const hurry: Handler = (_req, res, next) => void res.once('close', inHurry(next))

type Given = { files: Files; config: Config; isCurrent(): Promise<boolean> }

function features(accounts: AccountsDeps, views: ViewCounter, { files, config, isCurrent }: Given): Router {
  const { db } = accounts
  const writing = writingSlots(accounts)
  const router = Router()
  // What is read most stands first: a router without a route for a request hands it on in a later turn of the event loop.
  router.use(
    topicsRouter({ db, slots: forumPageSlots }),
    postsRouter({
      db,
      views,
      writing,
      slots: {
        ...topicPageSlots(db),
        beside: (viewer, topic) => followButton(db, viewer, topic),
        reportPaths: (viewer, posts) => reportPaths(db, viewer, posts),
      },
    }),
  )
  router.use(
    toldRoutes({ db }),
    noticeRoutes(),
    writingRouter({ db }),
    attachmentsRouter({ db, files, slots: { readableUses: (viewer, uses) => readableUses(db, viewer, uses) } }),
    forumsRouter(accounts),
    membersRouter({ db, slots: profileSlots(db) }),
    pagesRouter({ db }),
    spamRouter({ db }),
  )
  router.use(accountsRouter(accounts), signaturesRouter({ db }))
  router.use(draftsRouter({ db }), followsRouter({ db }), claimRoutes(accounts))
  router.use(reportsRouter({ db }), announcementsRouter({ db }))
  router.use(
    moderationRouter({ db, confirmPassword: confirmPassword(accounts), proxies: config.trustProxy.split(/[,\s]+/) }),
  )
  router.use(privacyRouter({ db, confirmPassword: confirmPassword(accounts) }))
  router.use(backupsRouter({ db }))
  const { baseUrl } = config
  const password = { hasher: accounts.hasher, confirmPassword: confirmPassword(accounts) }
  router.use(adminRouter({ db, baseUrl, files, isCurrent, schedule, mailLayouts, ...password }))
  if (!config.production) router.use(styleguide())
  return router
}

/** Every part of the look in every state, for those who work on it. */
function styleguide(): Router {
  const router = Router()
  router.get('/styleguide', async (_req, res) => {
    await page(res, 'styleguide/page', { meta: { title: 'Styleguide', noindex: true } })
  })
  return router
}
