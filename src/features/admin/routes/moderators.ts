import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import { actNames, allGroups, reservedActs } from '../../groups/index.ts'
import { appointmentForm } from '../forms.ts'
import { forumList } from '../forums.ts'
import { appoint, appointmentList, dismiss } from '../moderators.ts'
import { type AdminDeps, adminPage } from './page.ts'

export function moderatorRoutes({ db }: AdminDeps): Router {
  const router = Router()

  const list = async (req: Request, res: Response, form: FormView) =>
    adminPage(req, res, 'moderators', {
      room: 'moderators',
      title: 'admin.moderators',
      form,
      rows: await appointmentList(db),
      groups: (await allGroups(db)).filter(group => group.kind !== 'guests'),
      forums: await forumList(db),
      acts: actNames.filter(act => !reservedActs.includes(act)),
      reserved: reservedActs,
    })

  router.get('/moderators', async (req, res) => {
    await list(req, res, emptyForm())
  })

  router.post('/moderators', async (req, res) => {
    const { form } = await submit(readForm(appointmentForm, req.body), ({ acts, more, ...values }) =>
      appoint(db, { ...values, acts: [...acts, ...more] }),
    )
    if (form) return list(req, res.status(422), form)
    notify(req, { kind: 'success', message: msg('admin.appointed') })
    res.redirect(303, '/admin/moderators')
  })

  router.post('/moderators/:id/dismiss', async (req, res) => {
    await dismiss(db, idOf(req))
    notify(req, { kind: 'success', message: msg('admin.dismissed') })
    res.redirect(303, '/admin/moderators')
  })
  return router
}
