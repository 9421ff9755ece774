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
  noticeRoutes,
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
import { createHasher } from '../../../src/platform/passwords/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { Visitor } from '../../support/index.ts'
import { roomAssets, roomConfig, roomMember, serveRoom } from '../../support/rooms.ts'

const nothingCarried: WritingSlots = {
  guestSubmission: async (_req, res) => void res.json('taken'),
  askToSignIn: async (_req, res) => void res.json('sign in'),
  carriedText: async () => null,
  keepLost: async () => false,
  draftText: async () => null,
  keptText: async () => null,
  dropSent: async () => undefined,
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
    config: roomConfig,
    views: { ...compiled, render: (...args) => counted(() => compiled.render(...args), args[0]) },
    assets: roomAssets(t),
    shell: shellSlots({
      forum: async () => ({ forumName: (await settings(db)).forum_name }),
      member: roomMember,
      createNew: [createTopicSlot(db)],
    }),
  })
  const counted = (render: () => Buffer, view: string) => {
    if (view === 'layouts/main') rendered++
    return render()
  }
  app.use(sessions({ db, config: roomConfig }), readBodies(), sameOrigin(roomConfig))
  app.use(async (req, _res, next) => {
    req.viewer = await loadViewer(db, Number(req.get('x-member') ?? 0) || null, '192.0.2.1')
    setReading(req, { locale: 'en', timeZone: 'UTC', theme: 'system' })
    next()
  })
  app.use(noticeRoutes(), forumsRouter({ db, hasher: createHasher({ cost: 4 }) }), topicsRouter({ db }))
  app.use(postsRouter({ db, views, writing: nothingCarried }))
  app.use((_req, _res, next) => next(new NotFound()))
  app.use(errorPages({ logger: createLogger({ level: 'silent' }), isGuest: req => !req.viewer?.member }))
  const kinds = [...topicsPageKinds, ...postsPageKinds(views)]
  const cache = pageCache({
    db,
    kinds,
    origin: webOf({ app }).origin,
    announcements: async () => new Set(),
    version: '1',
  })
  const url = await serveRoom(t, inFront(app, [readableUrl(), cache]))
  return { visit: id => visitor(url, id ?? null), views, rendered: () => rendered }
}

function visitor(url: string, memberId: number | null): Visitor {
  if (memberId === null) return new Visitor(url)
  const someone = new Visitor(url, { headers: { 'x-member': String(memberId) } })
  // Who has this cookie gets no pages of guests.
  someone.setCookie('stoa_claims.1', 'x')
  return someone
}
