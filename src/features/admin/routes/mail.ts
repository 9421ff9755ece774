import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import {
  emptyForm,
  type FormView,
  idOf,
  notify,
  pageNumber,
  readForm,
  readingOf,
  withErrors,
} from '../../../platform/http/index.ts'
import { MailFailure, withoutTypedPassword } from '../../../platform/mail/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { forgetMail, liftMailStop, retryMails, sendTestMail } from '../../mail/index.ts'
import { type Settings, settingsForm } from '../../settings/index.ts'
import { liftForm, testMailForm } from '../forms.ts'
import { mailPage, unmaskedFields, withoutGiven } from '../mail.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'
import { saveSettings } from './settings.ts'

const here = '/admin/mail'

/** How mail is sent, a mail to try it with, what could not be sent, and where nothing is sent any more. */
export function mailRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/mail', (req, res) => show(db, req, res, {}))
  router.post('/mail', (req, res) => save(db, req, res))
  router.post('/mail/test', (req, res) => tryOut(db, req, res))
  router.use(listRoutes(db))
  return router
}

type Forms = { readonly form?: FormView; readonly testForm?: FormView }

async function show(db: Db, req: Request, res: Response, forms: Forms): Promise<void> {
  const data = await mailPage(db, pageNumber(req))
  if (data.page > data.pages) throw new NotFound()
  const address = req.viewer.member?.email ?? ''
  const empty = { form: emptyForm(), testForm: emptyForm() }
  await adminPage(req, res, 'mail', { room: 'mail', title: 'admin.mail', ...data, address, ...empty, ...forms })
}

async function save(db: Db, req: Request, res: Response): Promise<void> {
  const fields = await unmaskedFields(db, req.body)
  const { values, errors } = readForm(settingsForm('mail'), fields)
  if (errors) {
    const lost = fields.smtp_url === null && { smtp_url: msg('admin.mail_password_again') }
    return show(db, req, res.status(422), { form: withErrors(typedBy(req), { ...errors, ...lost }) })
  }
  await saveSettings(db, req, withoutGiven(db, values as Partial<Settings>))
  res.redirect(303, here)
}

/** What was typed, without a password: nobody sees one on a page, not even who has just typed it. */
function typedBy(req: Request): FormView {
  const { typed } = readForm(settingsForm('mail'), req.body)
  const { smtp_url } = typed
  return emptyForm(typeof smtp_url === 'string' ? { ...typed, smtp_url: withoutTypedPassword(smtp_url) } : typed)
}

async function tryOut(db: Db, req: Request, res: Response): Promise<void> {
  const form = readForm(testMailForm, req.body)
  if (form.errors) return show(db, req, res.status(422), { testForm: form })
  try {
    const { sent, answer } = await sendTestMail(db, form.values.to, readingOf(req).locale)
    const args = { address: form.values.to, answer }
    notify(req, { kind: sent ? 'success' : 'info', message: msg(sent ? 'admin.mail_tested' : 'admin.mail_kept', args) })
    res.redirect(303, here)
  } catch (failure) {
    if (!(failure instanceof MailFailure)) throw failure
    const message = msg('admin.mail_test_failed', { answer: failure.message })
    await show(db, req, res.status(422), { testForm: withErrors(form, { to: message }) })
  }
}

function listRoutes(db: Db): Router {
  const router = Router()

  router.post('/mail/failed/retry', async (req, res) => {
    const count = await retryMails(db, 'all')
    notify(req, { kind: 'success', message: msg('admin.mails_retried', { count }) })
    res.redirect(303, here)
  })

  router.post('/mail/failed/:id/retry', async (req, res) => {
    if ((await retryMails(db, idOf(req))) === 0) return sayGone(req, res, here)
    notify(req, { kind: 'success', message: msg('admin.mails_retried', { count: 1 }) })
    res.redirect(303, here)
  })

  router.post('/mail/failed/:id/forget', async (req, res) => {
    if (!(await forgetMail(db, idOf(req)))) return sayGone(req, res, here)
    notify(req, { kind: 'success', message: msg('admin.mail_forgotten') })
    res.redirect(303, here)
  })

  router.post('/mail/lift', async (req, res) => {
    const form = readForm(liftForm, req.body)
    if (form.errors) throw new NotFound()
    await inTransaction(db, tx => liftMailStop(tx, form.values.email, form.values.scope))
    notify(req, { kind: 'success', message: msg('admin.mail_lifted', { address: form.values.email }) })
    res.redirect(303, here)
  })
  return router
}
