import { type Request, type Response, Router } from 'express'
import { Invalid, msg } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idFrom, readForm } from '../../../platform/http/index.ts'
import { attempt, confirmedUntil } from '../../accounts/index.ts'
import { memberById } from '../../members/index.ts'
import { viewAsForm } from '../forms.ts'
import { logViewing } from '../view-as/log-viewing.ts'
import { chosenView, groupsToViewAs } from '../view-as/viewing.ts'
import { passOver } from './log.ts'
import { type AdminDeps, adminPage } from './page.ts'

/** `/admin/view-as`: with whose eyes to look. It asks for the password by itself. */
export function viewAsRoutes({ db, confirmPassword }: AdminDeps): Router {
  const router = Router()

  const show = async (req: Request, res: Response, form: FormView) => {
    const asked = idFrom(req.query.member)
    const member = asked === null ? undefined : await memberById(db, asked)
    const room = 'view-as' as const
    await adminPage(req, res, room, { room, title: 'admin.view-as', form, groups: await groupsToViewAs(db), member })
  }

  router.get('/view-as', (req, res) => show(req, res, emptyForm()))

  router.post('/view-as', async (req, res) => {
    const by = req.viewer.member?.id ?? 0
    const { done, form } = await attempt(res, readForm(viewAsForm, req.body), async values => {
      const { kind, id } = await chosenView(db, req.viewer, values)
      if (!(await confirmPassword(by, values.password))) throw new Invalid({ password: msg('accounts.password_wrong') })
      return { kind, id }
    })
    if (form) return show(req, res, form)
    req.session.confirmedAt = Date.now()
    req.session.viewAs = { ...done, until: confirmedUntil(req) }
    passOver(req)
    await logViewing(db, by, 'begun', done)
    res.redirect(303, '/')
  })
  return router
}
