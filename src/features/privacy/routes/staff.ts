import { type Request, type Response, Router } from 'express'
import { allow, Forbidden, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, page, readForm, submit } from '../../../platform/http/index.ts'
import { attempt } from '../../accounts/index.ts'
import { canSendMail, settings } from '../../settings/index.ts'
import { askForExport } from '../exports/ask-for-export.ts'
import { deleteMemberForm, noFields } from '../forms.ts'
import { deleteMember } from '../staff/delete-member.ts'
import { memberInCare } from '../staff/may-act-on.ts'
import { sayStarted } from './data.ts'
import type { PrivacyDeps } from './deps.ts'

/** What an administrator does about a member's data and account; for others than administrators it does not exist. */
export function staffRoutes(deps: PrivacyDeps): Router {
  const { db } = deps
  const router = Router()
  router.use('/admin/members/:id', (req, _res, next) => {
    if (!req.viewer.admin) throw new NotFound()
    next()
  })

  router.post('/admin/members/:id/export', async (req, res) => {
    const member = await memberInCare(db, req.viewer, idOf(req))
    const by = req.viewer.member?.id ?? 0
    const { done, form } = await submit(readForm(noFields, req.body), () => askForExport(db, member.id, by))
    if (form) notify(req, { kind: 'warning', message: form.errors[''] ?? msg('privacy.download_running') })
    else sayStarted(req, done)
    res.redirect(303, form ? `/admin/members/${member.id}` : '/account/data/')
  })

  router.get('/admin/members/:id/delete', async (req, res) => {
    await deletePage(deps, req, res, emptyForm())
  })

  router.post('/admin/members/:id/delete', async (req, res) => {
    const sent = readForm(deleteMemberForm, req.body)
    const { done, form } = await attempt(res, sent, values => deleteMember(deps, req.viewer, idOf(req), values))
    if (form) return deletePage(deps, req, res, form)
    const { leave_days: days } = await settings(db)
    const phrase = `privacy.staff_done_${sent.values?.when ?? 'later'}`
    notify(req, { kind: 'success', message: msg(phrase, { name: done.name, days }) })
    res.redirect(303, `/admin/members/${done.id}`)
  })

  return router
}

async function deletePage({ db }: PrivacyDeps, req: Request, res: Response, form: FormView): Promise<void> {
  const { id, name } = await memberInCare(db, req.viewer, idOf(req))
  allow(id !== req.viewer.member?.id, new Forbidden(msg('privacy.own_account')))
  const rules = await settings(db)
  const shown = { form, id, days: rules.leave_days, mails: canSendMail(rules) }
  const title = req.t('privacy.staff_delete_title', { name })
  const breadcrumb = [
    { href: '/admin/', text: req.t('admin.title') },
    { href: '/admin/members', text: req.t('admin.members') },
    { href: `/admin/members/${id}`, text: name },
  ]
  await page(res, 'privacy/staff-delete', {
    meta: { title, noindex: true, noStore: true, breadcrumb },
    title,
    ...shown,
  })
}
