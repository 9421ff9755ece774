import { type Request, type Response, Router } from 'express'
import { msg } from '../../../../platform/errors.ts'
import { emptyForm, type FormView, notify, page, readForm } from '../../../../platform/http/index.ts'
import type { Accounts } from '../../new-member.ts'
import { provePassword } from '../../prove-password.ts'
import { ownPasswordForm } from '../../recover/forms.ts'
import { attempt } from '../../routes/attempt.ts'
import { startMemberSession } from '../../routes/member-session.ts'
import { signInOriginOf } from '../../routes/sign-in-origin.ts'
import { privateMeta, whoComes } from '../../routes/token-page.ts'
import { confirmChange, findChange, type OpenedChange } from '../confirm-change.ts'
import { findBack, putBackAddress } from '../put-back.ts'

/** `/email-change/SECRET` and `/email-back/SECRET`: opening them changes nothing, their buttons do. */
export function addressLinkRoutes(accounts: Accounts): Router {
  const { db } = accounts
  const router = Router()

  router.get('/email-change/:secret', async (req, res) => {
    await changePage(req, res, await findChange(db, req.params.secret), emptyForm())
  })

  router.post('/email-change/:secret', async (req, res) => {
    const opened = await findChange(db, req.params.secret)
    const who = whoComes(req, opened.member.id)
    if (who === 'owner') await confirmChange(db, opened)
    else {
      const { form } = await attempt(res, readForm(ownPasswordForm, req.body), async ({ password }) => {
        await provePassword(accounts, opened.member, password, signInOriginOf(req))
        await confirmChange(db, opened)
      })
      if (form) return changePage(req, res, opened, form)
      if (who === 'guest') await startMemberSession(db, req, res, opened.member.id)
    }
    notify(req, { kind: 'success', message: msg('accounts.email_changed') })
    res.redirect(303, who === 'other' ? '/' : '/account/email/')
  })

  router.get('/email-back/:secret', async (req, res) => {
    const { secret, member, change } = await findBack(db, req.params.secret)
    const meta = privateMeta(req, 'accounts.email_back')
    await page(res, 'accounts/email-back', {
      meta,
      path: `/email-back/${secret}`,
      name: member.name,
      email: change.old_email,
    })
  })

  router.post('/email-back/:secret', async (req, res) => {
    const opened = await findBack(db, req.params.secret)
    await putBackAddress(db, opened)
    notify(req, { kind: 'success', message: msg('accounts.email_is_back', { email: opened.change.old_email }) })
    res.redirect(303, '/recover/sent/')
  })

  return router
}

async function changePage(req: Request, res: Response, opened: OpenedChange, form: FormView): Promise<void> {
  const { secret, member, change } = opened
  await page(res, 'accounts/email-change', {
    meta: privateMeta(req, 'accounts.email_change'),
    form,
    path: `/email-change/${secret}`,
    name: member.name,
    email: change.new_email,
    who: whoComes(req, member.id),
    viewerName: req.viewer.member?.name ?? '',
  })
}
