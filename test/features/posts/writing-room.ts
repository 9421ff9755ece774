import type { TestContext } from 'node:test'
import { draftSlots, draftsMenu, draftsRouter } from '../../../src/features/drafts/index.ts'
import { forumsRouter } from '../../../src/features/forums/index.ts'
import {
  type Carried,
  type GuestSubmission,
  postsRouter,
  ViewCounter,
  type WritingSlots,
} from '../../../src/features/posts/index.ts'
import { topicsRouter } from '../../../src/features/topics/index.ts'
import { NotFound } from '../../../src/platform/errors.ts'
import { noticeRoutes, readBodies, sameOrigin, sessions } from '../../../src/platform/http/index.ts'
import type { pseudoLocale } from '../../../src/platform/locale/index.ts'
import { createHasher } from '../../../src/platform/passwords/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { openRoom, roomConfig, roomWeb, whoTheySay } from '../../support/rooms.ts'
import { Visitor } from '../../support/visitor/visitor.ts'

export interface WritingRoom {
  /** A member with a browser of their own, without JavaScript; null: a guest. */
  visit(memberId?: number | null, locale?: 'en' | typeof pseudoLocale): Visitor
  /** What guests have sent. */
  readonly guests: GuestSubmission[]
  /** What people had typed who were asked to sign in. */
  readonly askedToSignIn: Carried[]
  /** What was typed before signing in, for whoever comes next. */
  carried: Carried | null
  /** Faults that became a page with status 500. */
  readonly faults: unknown[]
}

/** The pages for writing as the forum serves them; what higher floors would do is noted. */
export async function writingRoom(t: TestContext, db: Db, more: Partial<WritingSlots> = {}): Promise<WritingRoom> {
  const room = {
    guests: [] as GuestSubmission[],
    askedToSignIn: [] as Carried[],
    carried: null as Carried | null,
    faults: [] as unknown[],
  }
  const writing: WritingSlots = {
    guestSubmission: async (_req, res, sent) => {
      room.guests.push(sent)
      res.json('taken')
    },
    askToSignIn: async (_req, res, carried) => {
      room.askedToSignIn.push(carried)
      res.status(403).json('sign in')
    },
    carriedText: async (_req, place) => (room.carried?.place === place ? room.carried : null),
    ...draftSlots(db),
    ...more,
  }
  const app = roomWeb(t, {
    forum: () => ({ forumName: 'Porch' }),
    memberMenu: [draftsMenu(db)],
  })
  app.use(sessions({ db, config: roomConfig }), readBodies(), sameOrigin(roomConfig))
  app.use(whoTheySay(db))
  app.use(
    noticeRoutes(),
    forumsRouter({ db, hasher: createHasher({ cost: 4 }) }),
    topicsRouter({ db }),
    draftsRouter({ db }),
  )
  app.use(postsRouter({ db, views: new ViewCounter(db), writing }))
  app.use((_req, _res, next) => next(new NotFound()))
  app.use((error: unknown, _req: unknown, _res: unknown, next: (error: unknown) => void) => {
    if (!(error instanceof Error && 'status' in error)) room.faults.push(error)
    next(error)
  })
  const url = await openRoom(t, app)
  return Object.assign(room, {
    visit: (id: number | null = null, locale = 'en') =>
      new Visitor(url, { headers: { ...(id === null ? {} : { 'x-member': String(id) }), 'x-locale': locale } }),
  })
}
