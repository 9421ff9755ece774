import { type Request, type RequestHandler, Router } from 'express'
import { passOverUnavailable } from '../../platform/errors.ts'
import {
  addressOf,
  guestReading,
  idOf,
  type PageKind,
  page,
  sessionHasMoved,
  setReading,
  toTheme,
} from '../../platform/http/index.ts'
import { type Db, readRevisions } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { loadViewer } from './load-viewer.ts'
import type { OpenedForums } from './locked-forums.ts'
import { profilePage } from './profile-page.ts'
import { touchMember } from './queries.ts'
import type { Viewer } from './viewer.ts'

declare global {
  namespace Express {
    interface Request {
      /** Who is looking, with everything they may do. */
      viewer: Viewer
    }
  }
}

/** Loads who is looking, for each request; stands after the sessions. */
export function viewers({ db }: { db: Db }): RequestHandler {
  const noteVisit = visitNoter(db)
  return async (req, _res, next) => {
    const viewer = await viewerOf(db, req)
    await takeUpViewer(db, req, viewer)
    if (viewer.member) await noteVisit(viewer.member.id)
    next()
  }
}

/**
 * The session was found before its member is loaded: if the account changed hands in between, whoever had it is a guest,
 * as with every request from then on.
 */
async function viewerOf(db: Db, req: Request): Promise<Viewer> {
  const viewer = await loadViewer(db, req.session?.memberId, addressOf(req), {
    plain: sessionHasMoved(req),
    opened: req.session?.opened,
  })
  const isOver = viewer.member !== null && viewer.member.hands !== (req.session.hands ?? 0)
  return isOver ? loadViewer(db, null, addressOf(req), { opened: req.session?.opened }) : viewer
}

/** From now on this is the viewer of the request. */
export async function takeUpViewer(db: Db, req: Request, viewer: Viewer): Promise<void> {
  const guest = guestReading(req)
  const { time_zone } = await settings(db)
  req.viewer = viewer
  setReading(req, {
    locale: viewer.locale ?? guest.locale,
    theme: viewer.member ? toTheme(viewer.theme) : guest.theme,
    timeZone: viewer.timeZone ?? time_zone,
  })
}

declare module 'express-session' {
  interface SessionData {
    /** The forums whose passwords were given, with what shows that they are still the same. */
    opened: OpenedForums
  }
}

const noteEveryMs = 60_000
const mostNoted = 10_000

/** Writes once a minute for each member, and does not ask the database whether it is time. */
function visitNoter(db: Db): (memberId: number) => Promise<void> {
  const noted = new Map<number, number>()
  return async memberId => {
    const now = Date.now()
    if (now - (noted.get(memberId) ?? 0) < noteEveryMs) return
    if (noted.size >= mostNoted) noted.clear()
    noted.set(memberId, now)
    await touchMember(db, memberId, now).catch(passOverUnavailable)
  }
}

/** What higher floors add to the page of a member, as lines of `shared/menu` in the reader's language. */
export interface ProfileSlots {
  menu(req: Request, memberId: number): Promise<readonly Record<string, unknown>[]>
}

const emptyProfile: ProfileSlots = { menu: async () => [] }

/** `/profile/7-name/` */
export function membersRouter({ db, slots = emptyProfile }: { db: Db; slots?: ProfileSlots }): Router {
  const router = Router()
  router.get('/profile/:id', async (req, res) => {
    const profile = await profilePage(db, req.viewer, idOf(req))
    if (profile.mergedInto !== null) return res.redirect(302, `/profile/${profile.mergedInto}/`)
    if (!isAt(req, profile.path)) return res.set('Cache-Control', 'no-cache').redirect(301, profile.path)
    await page(res, 'members/profile', {
      meta: { title: profile.name, canonical: profile.path },
      profile,
      menu: await slots.menu(req, profile.id),
    })
  })
  return router
}

function isAt(req: Request, path: string): boolean {
  return req.originalUrl.split('?', 1)[0] === path
}

/** Guests share profiles until a name, a group or the counts of posts change. */
export const profilePages: PageKind = {
  match(path) {
    if (!/^\/profile\/\d{1,10}[^/]*\/$/.test(path)) return null
    return { key: path, revision: async db => revisionOf(await readRevisions(db)) }
  },
}

function revisionOf({ shell, counts }: { shell: number; counts: number }): string {
  return `${shell}.${counts}`
}
