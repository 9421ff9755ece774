import type { NextFunction, Request, Response } from 'express'
import { Unavailable } from '../../errors.ts'
import { cookieOf } from '../cookies.ts'
import { dropCookie } from '../put-cookie.ts'
import type { SessionStore } from './session-store.ts'

type End = Response['end']

/**
 * express-session sends the answer's head while it still saves, and a browser that follows a redirect at once finds the
 * old session. So the session is saved before the answer ends, and one that holds nothing is given up, so that its owner
 * gets the guests' cached pages again. What cannot be saved keeps nobody from reading: the session stays as it was.
 */
export function saveBeforeEnd(req: Request, res: Response, next: NextFunction, store: SessionStore): void {
  const end = res.end
  res.end = ((...rest: Parameters<End>) => {
    res.end = end
    if (!needsWork(req, store) || res.headersSent) return Reflect.apply(end, res, rest)
    settle(req, res, store).then(
      () => void Reflect.apply(end, res, rest),
      error => {
        Reflect.deleteProperty(req, 'session')
        if (isWorthSending(req, res, error)) Reflect.apply(end, res, rest)
        else next(error)
      },
    )
    return res
  }) as End
}

/** The page for reading is ready, or tells of the trouble itself and holds what was typed: nobody after it could. */
function isWorthSending({ method }: Request, { statusCode }: Response, error: unknown): boolean {
  const isReading = method === 'GET' || method === 'HEAD'
  return statusCode >= 500 || (isReading && error instanceof Unavailable)
}

function needsWork(req: Request, store: SessionStore): boolean {
  if (!req.session || isEmpty(req)) return true
  return !store.isWritten(req.session)
}

async function settle(req: Request, res: Response, store: SessionStore): Promise<void> {
  if (!isEmpty(req)) return done(finish => req.session.save(finish))
  if (store.isKept(req.session)) await done(finish => req.session.destroy(finish))
  Reflect.deleteProperty(req, 'session')
  if (cookieOf(req, 'stoa_session') !== undefined) dropCookie(res, 'stoa_session')
}

function isEmpty({ session }: Request): boolean {
  if (!session) return true
  const { cookie: _cookie, startedAt: _startedAt, origin: _origin, notices = [], ...content } = session
  return notices.length === 0 && Object.values(content).every(value => value === undefined)
}

function done(act: (finish: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => act(error => (error ? reject(error) : resolve())))
}
