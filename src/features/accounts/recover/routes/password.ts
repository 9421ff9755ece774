import { type Request, type Response, Router } from 'express'
import { msg } from '../../../../platform/errors.ts'
import { cookieOf, emptyForm, type FormView, notify, page, readForm } from '../../../../platform/http/index.ts'
import { settings } from '../../../settings/index.ts'
import type { Accounts } from '../../new-member.ts'
import { attempt } from '../../routes/attempt.ts'
import { startMemberSession } from '../../routes/member-session.ts'
import { accountMeta, demandMember } from '../../routes/token-page.ts'
import { changePassword } from '../change-password.ts'
import { changePasswordForm } from '../forms.ts'

/** `/account/password/` */
export function passwordRoutes(accounts: Accounts): Router {
  const { db } = accounts
  const router = Router()

  router.get('/account/password', async (req, res) => {
    demandMember(req)
    await passwordPage(accounts, req, res, emptyForm())
  })

  router.post('/account/password', async (req, res) => {
    const { id } = demandMember(req)
    const remember = cookieOf(req, 'stoa_remember') !== undefined
    const sent = readForm(changePasswordForm, req.body)
    const { form } = await attempt(res, sent, values => changePassword(accounts, id, values))
    if (form) return passwordPage(accounts, req, res, form)
    await startMemberSession(db, req, res, id, { remember })
    notify(req, { kind: 'success', message: msg('accounts.password_changed_here') })
    res.redirect(303, '/account/')
  })

  return router
}

async function passwordPage({ db }: Accounts, req: Request, res: Response, form: FormView): Promise<void> {
  await page(res, 'accounts/password', {
    meta: accountMeta(req, 'accounts.password_change'),
    form,
    login: req.viewer.member?.name ?? '',
    least: (await settings(db)).password_min_length,
  })
}
