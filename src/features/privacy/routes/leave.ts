import { type Request, type Response, Router } from 'express'
import { msg, SignInNeeded } from '../../../platform/errors.ts'
import { emptyForm, type FormView, notify, page, readForm } from '../../../platform/http/index.ts'
import { accountMeta, attempt, endMemberSession } from '../../accounts/index.ts'
import { canSendMail, settings } from '../../settings/index.ts'
import { leaveForm } from '../forms.ts'
import { askToLeave, type LeavingDeps } from '../leaving/begin-leaving.ts'

/** `/account/delete/`: a member deletes the own account. */
export function leaveRoutes(deps: LeavingDeps): Router {
  const { db } = deps
  const router = Router()

  const leavePage = async (req: Request, res: Response, form: FormView) => {
    const rules = await settings(db)
    await page(res, 'privacy/leave', {
      meta: accountMeta(req, 'privacy.delete'),
      form,
      days: rules.leave_days,
      mails: canSendMail(rules),
    })
  }

  router.get('/account/delete', async (req, res) => {
    if (!req.viewer.member) throw new SignInNeeded()
    await leavePage(req, res, emptyForm())
  })

  router.post('/account/delete', async (req, res) => {
    const { member } = req.viewer
    if (!member) throw new SignInNeeded()
    const sent = readForm(leaveForm, req.body)
    const { form } = await attempt(res, sent, values => askToLeave(deps, member.id, values))
    if (form) return leavePage(req, res, form)
    const { leave_days: days } = await settings(db)
    await endMemberSession(db, req, res)
    notify(req, { kind: 'info', message: msg('privacy.leaving_notice', { days }), sticky: true })
    res.redirect(303, '/')
  })

  return router
}
