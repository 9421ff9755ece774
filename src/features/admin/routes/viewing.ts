import type { Request, RequestHandler, Response } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { keepNowhere, type Notice, notify, page, returnPath, typedText } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { takeUpViewer, type Viewer } from '../../members/index.ts'
import { logViewing } from '../view-as/log-viewing.ts'
import { lentEyes, type Viewing } from '../view-as/viewing.ts'

declare module 'express-session' {
  interface SessionData {
    viewAs: Viewing
  }
}

function viewingOf(req: Request): Viewing | null {
  return req.session?.viewAs ?? null
}

/** What can be read with somebody else's eyes: what stands in the forum, and nothing that is theirs alone. */
const shown = [
  /^\/(?:robots\.txt|new-topic\/?|terms\/?|privacy\/?|guidelines\/?|help\/.*|attachment\/.*)?$/i,
  /^\/(?:forum|topic|profile|modcp)(?:\/.*)?$/i,
  /^\/post\/[^/]+\/?(?:share|versions)?\/?$/i,
  /^\/compose\/(?:tools|emoji|light-box|suggest)\/?$/i,
]

const names = new WeakMap<Request, string>()

/**
 * While an administrator looks with somebody else's eyes: whoever asks is that somebody for all that is read, nothing is
 * taken that would change anything, and what is theirs alone is not shown. Stands after whoever asks is known.
 */
export function viewAs({ db }: { readonly db: Db }): RequestHandler {
  return async (req, res, next) => {
    const viewing = viewingOf(req)
    const own = req.viewer
    const stops = req.method === 'POST' && /^\/view-as\/stop\/?$/i.test(req.path)
    // Stopped in another tab.
    if (!viewing) return stops ? res.redirect(303, returnPath(req, '/')) : next()
    if (!own.admin) return end(req, next)
    if (stops || (req.method === 'POST' && /^\/logout\/?$/i.test(req.path))) {
      await logViewing(db, own.member?.id ?? 0, 'ended', viewing)
      return end(req, stops ? () => leave(req, res) : next)
    }
    const eyes = viewing.until > Date.now() ? await lentEyes(db, own, viewing).catch(passOverGone) : null
    if (!eyes) return over(db, req, res, next, viewing)
    await look(db, req, eyes)
    res.set('Cache-Control', 'no-store')
    if (isReading(req) && shown.some(one => one.test(req.path))) return next()
    await refuse(req, res, 'admin.viewing_refused')
  }
}

async function look(db: Db, req: Request, { name, ...viewer }: Viewer & { readonly name: string }): Promise<void> {
  await takeUpViewer(db, req, viewer)
  keepNowhere(req)
  names.set(req, name)
}

function passOverGone(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

function isReading({ method }: Request): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method)
}

function end(req: Request, then: () => void): void {
  delete (req.session as Partial<typeof req.session>).viewAs
  then()
}

function leave(req: Request, res: Response): void {
  notify(req, { kind: 'success', message: msg('admin.viewing_stopped') })
  res.redirect(303, returnPath(req, '/'))
}

/** Its time is over. A form of one of its pages was never meant to be sent by whoever only looked. */
async function over(db: Db, req: Request, res: Response, next: () => void, viewing: Viewing): Promise<void> {
  await logViewing(db, req.viewer.member?.id ?? 0, 'over', viewing)
  if (isReading(req)) {
    notify(req, { kind: 'info', message: msg('admin.viewing_over') })
    return end(req, next)
  }
  end(req, () => undefined)
  await refuse(req, res, 'admin.viewing_over')
}

async function refuse(req: Request, res: Response, why: string): Promise<void> {
  const title = req.t('admin.viewing_title')
  const typed = Object.entries(typedText(req.body)).map(([name, value]) => ({
    label: req.t(`http.typed_${name}`),
    value,
  }))
  const meta = { title, noindex: true, noStore: true, narrow: true }
  await page(res.status(403), 'admin/viewing', { meta, title, text: req.t(why), typed })
}

/** On every page: with whose eyes it is seen, and the way back. */
export function viewingNotice(req: Request): Notice[] {
  const name = names.get(req)
  const viewing = viewingOf(req)
  if (name === undefined || !viewing) return []
  const act = { action: '/view-as/stop', text: req.t('admin.viewing_stop'), fields: { return: req.originalUrl } }
  return [{ kind: 'warning', text: req.t(`admin.viewing_${viewing.kind}`, { name }), act, plain: true }]
}
