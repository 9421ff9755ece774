import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { msg, TooMany, Unavailable } from '../../../platform/errors.ts'
import {
  addressOf,
  emptyForm,
  type FormView,
  idOf,
  page,
  readForm,
  startSession,
  submit,
  withErrors,
} from '../../../platform/http/index.ts'
import { addressKey } from '../../../platform/limits/index.ts'
import type { Hasher } from '../../../platform/passwords/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { type Key, openForum } from '../open-forum.ts'

const passwordForm = z.object({
  password: z.string({ error: 'forums.password_missing' }).min(1, { error: 'forums.password_missing' }).max(1000),
})

/** Asks for the password of the forum that keeps this viewer from what they want to see; says nothing else of it. */
export async function showPasswordPage(req: Request, res: Response, form: FormView = emptyForm()): Promise<void> {
  const title = req.t('forums.password_title')
  await page(res, 'forums/password', {
    meta: { title, noindex: true, noStore: true, narrow: true },
    title,
    form,
    action: `/forum/${idOf(req)}/password`,
  })
}

export interface PasswordDeps {
  readonly db: Db
  readonly hasher: Pick<Hasher, 'verifyPassword'>
}

/** POST `/forum/12/password`: opens the forum for this session. */
export function takePassword({ db, hasher }: PasswordDeps): RequestHandler {
  return async (req, res) => {
    const forumId = idOf(req)
    const who = req.viewer.member ? `member ${req.viewer.member.id}` : addressKey(addressOf(req))
    // Given already, in another tab.
    if (req.viewer.forums.get(forumId)?.has('read')) return res.redirect(303, `/forum/${forumId}/`)
    const sent = readForm(passwordForm, req.body)
    try {
      const { done, form } = await submit(sent, ({ password }) =>
        openForum(db, hasher, req.viewer, { forumId, password, who }),
      )
      if (form) return await showPasswordPage(req, res.status(422), form)
      await remember(req, res, done)
      res.redirect(303, `/forum/${forumId}/`)
    } catch (refused) {
      if (!(refused instanceof TooMany || refused instanceof Unavailable)) throw refused
      res.status(refused.status).set('Retry-After', String(refused.retryAfter))
      const why = msg('forums.password_tries', { minutes: Math.ceil(refused.retryAfter / 60) })
      await showPasswordPage(req, res, withErrors(sent, { password: why }))
    }
  }
}

async function remember(req: Request, res: Response, { forumId, mark }: Key): Promise<void> {
  const opened = { ...req.session?.opened, [forumId]: mark }
  if (req.session) req.session.opened = opened
  else await startSession(req, res, { opened })
}
