import { randomBytes } from 'node:crypto'
import { type Request, type RequestHandler, Router } from 'express'
import { returnPath } from '../forms/params.ts'
import type { Notice } from '../views/shell.ts'
import { sessionFor } from './sessions.ts'
import type { StoredNotice } from './stored-notice.ts'

export type NewNotice = Omit<StoredNotice, 'id'>

const mostKept = 10

/** Says something on the next page this person sees; a sticky notice stays on every page until it is dismissed. */
export function notify(req: Request, notice: NewNotice): void {
  const session = sessionFor(req)
  const id = randomBytes(8).toString('hex')
  session.notices = [...(session.notices ?? []), { id, ...notice }].slice(-mostKept)
}

/** Takes notices away that have become wrong, such as the offer to undo what was undone. */
export function dropNotices(req: Request, isWrong: (notice: StoredNotice) => boolean): void {
  if (req.session?.notices) req.session.notices = req.session.notices.filter(notice => !isWrong(notice))
}

/** What is to be said on the page that is being rendered. */
export function takeNotices(req: Request): Notice[] {
  const notices = req.session?.notices ?? []
  if (notices.some(notice => !notice.sticky)) dropNotices(req, notice => !notice.sticky)
  return notices.map(({ message, ...notice }) => ({ ...notice, text: req.t(message.key, message.args) }))
}

/** `POST /notices/dismiss` with an `id`, and a `return` to the page it stood on. */
export function noticeRoutes(): RequestHandler {
  const router = Router()
  router.post('/notices/dismiss', (req, res) => {
    dropNotices(req, notice => notice.id === req.body?.id)
    res.redirect(303, returnPath(req))
  })
  return router
}
