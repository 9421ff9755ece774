import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import {
  emptyForm,
  type FormView,
  idOf,
  notify,
  page,
  readForm,
  submitTo,
  withErrors,
} from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { postPath } from '../../posts/index.ts'
import { guardOf } from '../../spam/index.ts'
import { shownWords } from '../../words/index.ts'
import { longestReport, reportForm } from '../forms.ts'
import { reasonText } from '../reasons.ts'
import { findReportable, reportPost } from '../report-post.ts'

/** `/post/678/report`: what is wrong with a post, for its moderators. */
export function reportRoutes({ db }: { readonly db: Db }): Router {
  const router = Router()

  router.get('/post/:id/report', async (req, res) => {
    await reportPage(db, req, res, emptyForm())
  })

  router.post('/post/:id/report', async (req, res) => {
    const id = idOf(req)
    if (hasSessionEnded(req)) {
      const typed = readForm(reportForm, req.body)
      const ended = withErrors(typed, { '': msg('reports.session_ended') })
      return reportPage(db, req, res.status(403), ended)
    }
    const sent = readForm(reportForm, req.body)
    const tooMany = (minutes: number) => msg('reports.too_many', { minutes })
    const { form, done } = await submitTo(
      res,
      sent,
      values => reportPost(db, req.viewer, id, values, req.body),
      tooMany,
    )
    if (form) return reportPage(db, req, res, form)
    if (!req.viewer.member) return res.redirect(303, `/post/${id}/report/sent`)
    notify(
      req,
      done ? { kind: 'info', message: msg('reports.known') } : { kind: 'success', message: msg('reports.sent') },
    )
    res.redirect(303, postPath({ id }))
  })

  router.get('/post/:id/report/sent', async (req, res) => {
    const { post } = await findReportable(db, req.viewer, idOf(req))
    const meta = { title: req.t('reports.sent_title'), noindex: true, narrow: true }
    await page(res, 'reports/sent', { meta, path: postPath(post) })
  })

  return router
}

/** It was a member's form, and nobody is signed in any more: they decide whether to send it as a guest. */
function hasSessionEnded(req: Request): boolean {
  return !req.viewer.member && req.body?.writer === 'member'
}

async function reportPage(db: Db, req: Request, res: Response, form: FormView): Promise<void> {
  const { topic, post, reasons, earlier } = await findReportable(db, req.viewer, idOf(req))
  const isGuest = !req.viewer.member
  const words = await shownWords(db)
  await page(res, 'reports/report', {
    meta: { title: req.t('reports.title'), noindex: true, narrow: true, noStore: true },
    title: words.line(topic.title),
    html: words.html(post.html),
    path: postPath(post),
    reasons: reasons.map(reason => ({ value: reason, text: reasonText(req.t, reason) })),
    earlier: earlier && { ...earlier, reason: reasonText(req.t, earlier.reason) },
    form,
    guard: isGuest ? await guardOf(db, 'report', form.typed) : null,
    longestReport,
  })
}
