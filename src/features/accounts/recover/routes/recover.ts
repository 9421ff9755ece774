import { type Request, type Response, Router } from 'express'
import { msg } from '../../../../platform/errors.ts'
import { addressOf, emptyForm, type FormView, notify, page, readForm } from '../../../../platform/http/index.ts'
import { canSendMail, settings } from '../../../settings/index.ts'
import type { Accounts } from '../../new-member.ts'
import { attempt } from '../../routes/attempt.ts'
import { startMemberSession } from '../../routes/member-session.ts'
import { privateMeta } from '../../routes/token-page.ts'
import { askForReset } from '../ask-reset.ts'
import { newPasswordForm, recoverForm } from '../forms.ts'
import { findReset, type Reset, resetPassword } from '../reset-password.ts'

/** `/recover/` asks for a link by mail, `/reset/SECRET` is the link. */
export function recoverRoutes(accounts: Accounts): Router {
  const { db } = accounts
  const router = Router()

  router.get('/recover', (req, res) => recoverPage(accounts, req, res, emptyForm()))

  router.post('/recover', async (req, res) => {
    const from = { address: addressOf(req) }
    const { form } = await attempt(res, readForm(recoverForm, req.body), ({ login }) => askForReset(db, login, from))
    if (form) return recoverPage(accounts, req, res, form)
    res.redirect(303, '/recover/sent/')
  })

  router.get('/recover/sent', async (req, res) => {
    const sends = canSendMail(await settings(db))
    await page(res, 'accounts/recover-sent', { meta: privateMeta(req, 'accounts.recover'), sends })
  })

  router.get('/reset/:secret', async (req, res) => {
    await resetPage(accounts, req, res, await findReset(db, req.params.secret), emptyForm())
  })

  router.post('/reset/:secret', async (req, res) => {
    const reset = await findReset(db, req.params.secret)
    const sent = readForm(newPasswordForm, req.body)
    const { form } = await attempt(res, sent, values => resetPassword(accounts, reset, values.new_password))
    if (form) return resetPage(accounts, req, res, reset, form)
    await startMemberSession(db, req, res, reset.member.id)
    notify(req, { kind: 'success', message: msg('accounts.password_changed') })
    res.redirect(303, '/')
  })

  return router
}

async function recoverPage({ db }: Accounts, req: Request, res: Response, form: FormView): Promise<void> {
  const sends = canSendMail(await settings(db))
  await page(res, 'accounts/recover', { meta: privateMeta(req, 'accounts.recover'), form, sends })
}

async function resetPage({ db }: Accounts, req: Request, res: Response, reset: Reset, form: FormView): Promise<void> {
  const { secret, member, mailed } = reset
  await page(res, 'accounts/reset', {
    meta: privateMeta(req, 'accounts.reset'),
    form,
    path: `/reset/${secret}`,
    name: member.name,
    takes: mailed && member.email_verified_at === null && member.email_demanded_at !== null,
    least: (await settings(db)).password_min_length,
  })
}
