import { randomBytes } from 'node:crypto'
import { type Request, type RequestHandler, Router } from 'express'
import { returnPath } from '../forms/params.ts'
import type { Notice } from '../views/shell.ts'
import { sessionFor } from './sessions.ts'
import type { StoredNotice } from './stored-notice.ts'

export type NewNotice = Omit<StoredNotice, 'id'>

/** Of those that stay and of those that do not. */
const mostKept = 10

/** Says something on the next page this person sees; a sticky notice stays on every page until it is dismissed. */
export function notify(req: Request, notice: NewNotice): void {
  const session = sessionFor(req)
  const notices = [...(session.notices ?? []), withId(notice)]
  const [stay, go] = [notices.filter(one => one.sticky), notices.filter(one => !one.sticky)]
  const kept = new Set([...stay.slice(-mostKept), ...go.slice(-mostKept)])
  session.notices = notices.filter(one => kept.has(one))
}

function withId(notice: NewNotice): StoredNotice {
  return { id: randomBytes(8).toString('hex'), ...notice }
}

/** Puts others in the place of what is still to be said, such as of an offer to undo what was undone. */
export function changeNotices(
  req: Request,
  change: (notices: readonly StoredNotice[]) => readonly (StoredNotice | NewNotice)[],
): void {
  const notices = req.session?.notices
  if (notices) req.session.notices = change(notices).map(withId)
}

function dropNotices(req: Request, isWrong: (notice: StoredNotice) => boolean): void {
  changeNotices(req, notices => notices.filter(notice => !isWrong(notice)))
}

/** What is to be said on the page that is being rendered. */
export function takeNotices(req: Request): Notice[] {
  const notices = req.session?.notices ?? []
  if (notices.some(notice => !notice.sticky)) dropNotices(req, notice => !notice.sticky)
  return notices.map(({ message, link, about: _about, ...notice }) => ({
    ...notice,
    text: req.t(message.key, message.args),
    ...(link && { link: { href: link.href, text: req.t(link.text.key, link.text.args) } }),
  }))
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
