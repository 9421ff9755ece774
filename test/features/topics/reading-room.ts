import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createTopicSlot, forumsRouter } from '../../../src/features/forums/index.ts'
import { loadViewer } from '../../../src/features/members/index.ts'
import { postsPageKinds, postsRouter, ViewCounter, type WritingSlots } from '../../../src/features/posts/index.ts'
import { settings } from '../../../src/features/settings/index.ts'
import { topicsPageKinds, topicsRouter } from '../../../src/features/topics/index.ts'
import { NotFound } from '../../../src/platform/errors.ts'
import {
  compileViews,
  createLogger,
  errorPages,
  inFront,
  type Listener,
  noticeRoutes,
  openAssets,
  pageCache,
  readableUrl,
  readBodies,
  sameOrigin,
  sessions,
  setReading,
  shellSlots,
  webApp,
  webOf,
} from '../../../src/platform/http/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { Visitor } from '../../support/index.ts'

const config = { baseUrl: undefined, trustProxy: 'loopback', production: true, sessionSecret: 'x'.repeat(40) }
const built = { 'main.css': 'main.css', 'main.js': 'main.js', 'sprite.svg': 'sprite.svg' }

const nothingCarried: WritingSlots = {
  guestSubmission: async (_req, res) => void res.json('taken'),
  askToSignIn: async (_req, res) => void res.json('sign in'),
  carriedText: async () => null,
  keepLost: async () => false,
  draftText: async () => null,
  dropDraft: async () => undefined,
}

export interface ReadingRoom {
  /** A member with a browser of their own; null: a guest, who may get pages from the guests' cache. */
  visit(memberId?: number | null): Visitor
  readonly views: ViewCounter
  /** How many pages were rendered so far. */
  rendered(): number
}

/** The pages for reading as the forum serves them, with the guests' cache in front. */
export async function readingRoom(t: TestContext, db: Db): Promise<ReadingRoom> {
  const views = new ViewCounter(db)
  let rendered = 0
  const compiled = compileViews('views', { debug: true })
  const app = webApp({
    config,
    views: { ...compiled, render: (...args) => counted(() => compiled.render(...args), args[0]) },
    assets: openAssets(assetFolder(t)),
    shell: shellSlots({
      forum: async () => ({ forumName: (await settings(db)).forum_name }),
      member: ({ viewer: { member } }) => member && { name: member.name, path: member.path, colour: 0 },
      createNew: [createTopicSlot(db)],
    }),
  })
  const counted = (render: () => string, view: string) => {
    if (view === 'layouts/main') rendered++
    return render()
  }
  app.use(sessions({ db, config }), readBodies(), sameOrigin(config))
  app.use(async (req, _res, next) => {
    req.viewer = await loadViewer(db, Number(req.get('x-member') ?? 0) || null, '192.0.2.1')
    setReading(req, { locale: 'en', timeZone: 'UTC', theme: 'system' })
    next()
  })
  app.use(noticeRoutes(), forumsRouter({ db }), topicsRouter({ db }))
  app.use(postsRouter({ db, views, writing: nothingCarried }))
  app.use((_req, _res, next) => next(new NotFound()))
  app.use(errorPages({ logger: createLogger({ level: 'silent' }), isGuest: req => !req.viewer?.member }))
  const kinds = [...topicsPageKinds, ...postsPageKinds(views)]
  const cache = pageCache({ db, kinds, origin: webOf({ app }).origin, version: '1' })
  const url = await serve(t, inFront(app, [readableUrl(), cache]))
  return { visit: id => visitor(url, id ?? null), views, rendered: () => rendered }
}

function visitor(url: string, memberId: number | null): Visitor {
  if (memberId === null) return new Visitor(url)
  const someone = new Visitor(url, { headers: { 'x-member': String(memberId) } })
  // Who has this cookie gets no pages of guests.
  someone.setCookie('stoa_claims', 'x')
  return someone
}

function assetFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-assets-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'build'))
  writeFileSync(join(folder, 'build', 'manifest.json'), JSON.stringify(built))
  return folder
}

function serve(t: TestContext, listener: Listener): Promise<string> {
  return new Promise(resolve => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
    t.after(() => {
      server.close()
      server.closeAllConnections()
    })
  })
}
