import { promisify } from 'node:util'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import session, { type SessionData } from 'express-session'
import type { Db } from '../../store/index.ts'
import { cookieOf } from '../cookies.ts'
import type { SessionOrigin } from './queries.ts'
import { saveBeforeEnd } from './save-before-end.ts'
import { idleMs, SessionStore } from './session-store.ts'
import type { StoredNotice } from './stored-notice.ts'

declare module 'express-session' {
  interface SessionData {
    /** Who is signed in. */
    memberId: number
    /** How often their account had changed hands when they signed in; none is 0. */
    hands: number
    startedAt: number
    /** When the password was last given in this session. */
    confirmedAt: number
    notices: StoredNotice[]
    /** Given when the session begins; stored beside its content. */
    origin: SessionOrigin
  }
}

export type SessionOptions = { db: Db; config: { sessionSecret: string; baseUrl: string | undefined } }

/** What a session can hold from its first moment on. */
export type SessionContent = Partial<Omit<SessionData, 'cookie' | 'startedAt'>>

/** Makes the session of one request; at once, unless it has to be read. */
type Open = (opened: NextFunction) => void

const openers = new WeakMap<Request, Open>()
const stores = new WeakMap<Request, SessionStore>()

/**
 * Sessions for those who have one: without the cookie nothing is read, and nothing is written before startSession or
 * notify. The cookie ends with the browser's session unless it is remembered, the session itself after 30 idle days.
 */
export function sessions({ db, config }: SessionOptions): RequestHandler {
  const store = new SessionStore(db)
  const secure = config.baseUrl?.startsWith('https://') ?? false
  const expressSession = session({
    store,
    name: 'stoa_session',
    secret: config.sessionSecret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  })
  return (req, res, next) => {
    const open: Open = opened => {
      if (secure) vouchForHttps(req)
      expressSession(req, res, error => {
        if (!error) saveBeforeEnd(req, res, next, store)
        opened(error)
      })
    }
    openers.set(req, open)
    stores.set(req, store)
    if (cookieOf(req, 'stoa_session') === undefined) next()
    else open(next)
  }
}

/**
 * A session under a new id, with what is given and nothing of an older one. Call it whenever someone signs in or gains
 * rights. Remembered: its cookie stays when the browser closes.
 */
export async function startSession(
  req: Request,
  res: Response,
  content: SessionContent = {},
  { remembered = false } = {},
): Promise<void> {
  if (req.session) await regenerate(req)
  else await promisify(openerOf(req))()
  Object.assign(req.session, { startedAt: Date.now() }, content)
  if (remembered) req.session.cookie.maxAge = idleMs
  res.set('Cache-Control', 'no-store')
}

/**
 * Moves the session to a new id, with what is given and nothing else, when whoever is signed in may do more or less than
 * before. What other tabs ask under the old id still arrives for some seconds, but is given no new one.
 */
export async function renewSession(req: Request, res: Response, content: SessionContent): Promise<void> {
  const store = stores.get(req)
  if (!store || store.hasMoved(req.session)) return
  const { sessionID: from } = req
  const { startedAt } = req.session
  req.sessionStore.generate(req)
  Object.assign(req.session, { startedAt }, content)
  await new Promise<void>((resolve, reject) => req.session.save(error => (error ? reject(error) : resolve())))
  await store.passOn(req.session, { from, to: req.sessionID })
  res.set('Cache-Control', 'no-store')
}

/**
 * Did the request come with an id that its session had before, some seconds ago? Somebody else may know it: whoever asks
 * so must not get the rights for which the session changed its id.
 */
export function sessionHasMoved(req: Request): boolean {
  return req.session !== undefined && stores.get(req)?.hasMoved(req.session) === true
}

/** Under which id the session of this request is kept in the database; null: it has none. */
export function sessionKeyOf(req: Request): string | null {
  return (req.session && stores.get(req)?.keyOf(req.sessionID, req.session)) ?? null
}

/** Forgets the session; its cookie goes with the answer. */
export async function endSession(req: Request): Promise<void> {
  if (req.session) await regenerate(req)
}

/** The session of a request, made now when there is none. For what is said to guests too. */
export function sessionFor(req: Request): Request['session'] {
  if (!req.session) openerOf(req)(() => undefined)
  if (!req.session) throw new Error('This request cannot have a session')
  return req.session
}

function openerOf(req: Request): Open {
  const open = openers.get(req)
  if (!open) throw new Error('Sessions need the sessions() handler in front')
  return open
}

function regenerate(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.regenerate(error => (error ? reject(error) : resolve())))
}

/** BASE_URL says that visitors use https; express-session would drop the cookie where a proxy forgets to say so. */
function vouchForHttps(req: Request): void {
  Object.defineProperty(req, 'secure', { value: true, configurable: true })
}
