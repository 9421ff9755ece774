import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { Forbidden, msg, Unavailable } from '../../../platform/errors.ts'
import {
  addressOf,
  cookieOf,
  dropCookie,
  endSession,
  notify,
  putCookie,
  renewSession,
  type SessionContent,
  startSession,
} from '../../../platform/http/index.ts'
import { type Db, withoutSync } from '../../../platform/store/index.ts'
import { loadViewer, takeUpViewer, type Viewer, viewers } from '../../members/index.ts'
import { knownBrowserDays, rememberBrowser } from '../known-browser.ts'
import { type Cookie, forgetBrowser, recallMember, rememberMember, seriesOfCookie } from '../remember.ts'
import { deviceOf } from '../sessions/device.ts'
import { tellOfNewBrowser } from '../sessions/new-browser.ts'
import { stayAfterAll } from '../stay.ts'
import { releaseCarried } from './carried.ts'
import type {} from './session-data.ts'

export interface MemberSessionOptions {
  /** Stay signed in when the browser closes. */
  readonly remember?: boolean
}

/**
 * Signs this browser in, under a new session id, after the password was given. For the rest of the request, too, the
 * member is its viewer, who is returned. An account about to be deleted stays.
 */
export async function startMemberSession(
  db: Db,
  req: Request,
  res: Response,
  memberId: number,
  { remember = false }: MemberSessionOptions = {},
): Promise<Viewer> {
  await forget(db, req, res)
  const opened = req.session?.opened
  const viewer = await loadViewer(db, memberId, addressOf(req), { opened })
  // It may have been closed at this moment.
  if (!viewer.member) throw new Forbidden(msg('accounts.closed'))
  const from = { device: deviceOf(req.get('user-agent')), address: addressOf(req) }
  const browser = cookieOf(req, 'stoa_known')
  const { cookie, series_id, known, stays } = await noteSignIn(db, memberId, from, { browser, remember })
  const origin = { ...from, series_id }
  const { hands } = viewer.member ?? {}
  await startSession(req, res, { memberId, hands, confirmedAt: Date.now(), rights: rightsOf(viewer), origin, opened })
  if (cookie) putRememberCookie(res, cookie)
  putCookie(res, 'stoa_known', known, { seconds: knownBrowserDays * 24 * 60 * 60 })
  await takeUpViewer(db, req, viewer)
  if (stays) notify(req, { kind: 'success', message: msg('accounts.stays'), sticky: true })
  return viewer
}

/**
 * All that a sign-in writes besides the session. That is kept when the answer ends, and waits for the disk, and so for all
 * of this: before then nobody was answered that they are signed in.
 */
async function noteSignIn(
  db: Db,
  memberId: number,
  from: { readonly device: string | null; readonly address: string },
  { browser, remember }: { readonly browser: string | undefined; readonly remember: boolean },
) {
  return withoutSync(db, async tx => {
    const cookie = remember ? await rememberMember(tx, memberId, Date.now(), from) : null
    await tellOfNewBrowser(tx, memberId, browser, from.device)
    return {
      cookie,
      series_id: await seriesOfCookie(tx, cookie?.value),
      known: await rememberBrowser(tx, memberId, browser),
      stays: await stayAfterAll(tx, memberId),
    }
  })
}

/** Signs this browser out. */
export async function endMemberSession(db: Db, req: Request, res: Response): Promise<void> {
  await forget(db, req, res)
  await endSession(req)
}

async function forget(db: Db, req: Request, res: Response): Promise<void> {
  const cookie = cookieOf(req, 'stoa_remember')
  if (cookie === undefined) return
  await forgetBrowser(db, cookie)
  dropCookie(res, 'stoa_remember')
}

/** Who asks, for every request: stands after the sessions, and from there on `req.viewer` is known. */
export function memberSessions({ db }: { db: Db }): RequestHandler[] {
  return [recallMembers(db), viewers({ db }), renewSessions(db), releaseCarried]
}

/** Signs in whoever comes back with a remember cookie. */
function recallMembers(db: Db): RequestHandler {
  return async (req, res, next) => {
    const cookie = cookieOf(req, 'stoa_remember')
    if (cookie !== undefined && req.session?.memberId === undefined) await recallIfPossible(db, req, res, cookie)
    next()
  }
}

/** A token is used up in the database: while nothing can be written there, whoever comes to read is not turned away. */
async function recallIfPossible(db: Db, req: Request, res: Response, cookie: string): Promise<void> {
  try {
    await recall(db, req, res, cookie)
  } catch (error) {
    const isReading = req.method === 'GET' || req.method === 'HEAD'
    if (!isReading || !(error instanceof Unavailable)) throw error
  }
}

async function recall(db: Db, req: Request, res: Response, cookie: string): Promise<void> {
  const recalled = await recallMember(db, cookie)
  if (recalled.kind === 'member') {
    const { memberId, hands } = recalled
    const viewer = await loadViewer(db, memberId, addressOf(req))
    const origin = await originOf(db, req)
    await startSession(req, res, { ...contentOf(req), memberId, hands, rights: rightsOf(viewer), origin })
    if (recalled.cookie) putRememberCookie(res, recalled.cookie)
    return
  }
  dropCookie(res, 'stoa_remember')
  if (recalled.kind === 'stolen')
    notify(req, { kind: 'warning', message: msg('accounts.remember_stolen'), sticky: true })
}

function putRememberCookie(res: Response, { value, seconds }: Cookie): void {
  putCookie(res, 'stoa_remember', value, { seconds })
}

/**
 * Gives a session a new id when its member may do more or less than before, so that an id known to someone else is worth
 * nothing; the rights themselves are loaded anew with every request.
 */
function renewSessions(db: Db): RequestHandler {
  return async (req, res, next) => {
    if (req.session?.memberId !== undefined) await renew(db, req, res)
    next()
  }
}

async function renew(db: Db, req: Request, res: Response): Promise<void> {
  if (!req.viewer.member) return endSession(req)
  const rights = rightsOf(req.viewer)
  if (req.session.rights === rights) return
  const origin = await originOf(db, req)
  await renewSession(req, res, { ...contentOf(req), rights, confirmedAt: undefined, origin })
}

/** For the list of where a member is signed in. */
async function originOf(db: Db, req: Request): Promise<SessionContent['origin']> {
  const series_id = await seriesOfCookie(db, cookieOf(req, 'stoa_remember'))
  return { device: deviceOf(req.get('user-agent')), address: addressOf(req), series_id }
}

function contentOf({ session }: Request): SessionContent {
  if (!session) return {}
  const { memberId, hands, confirmedAt, notices, carried, opened } = session
  return { memberId, hands, confirmedAt, notices, carried, opened }
}

/** The group, and which acts of moderation in which forums: in few letters, the same for the same rights. */
function rightsOf({ groupId, moderates }: Viewer): string {
  if (moderates.size === 0) return String(groupId)
  const reach = [...moderates]
    .sort(([one], [other]) => one - other)
    .map(([forum, own]) => `${forum}:${[...own].sort().join()}`)
  return `${groupId} ${createHash('sha256').update(reach.join(' ')).digest('base64url').slice(0, 16)}`
}
