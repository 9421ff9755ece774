import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import { allGroups, type Group } from '../../groups/index.ts'
import { deleteGroupForm, groupForm, guestsForm } from '../forms.ts'
import { canInherit, createGroup, deleteGroup, editGroup, findGroup } from '../groups.ts'
import { countByGroup } from '../queries.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'

const room = 'groups' as const

export function groupRoutes({ db }: AdminDeps): Router {
  const router = Router()

  const editPage = async (req: Request, res: Response, form: FormView, group: Group | null) =>
    adminPage(req, res, 'group', {
      room,
      title: group ? 'admin.group_edit' : 'admin.group_new',
      form,
      group,
      members: group ? ((await countByGroup(db)).get(group.id) ?? 0) : 0,
      heirs: (await allGroups(db)).filter(one => canInherit(one) && one.id !== group?.id),
    })

  router.get('/groups', async (req, res) => {
    const rows = (await allGroups(db)).toReversed()
    await adminPage(req, res, 'groups', { room, title: 'admin.groups', rows, counts: await countByGroup(db) })
  })

  router.get('/groups/new', async (req, res) => {
    await editPage(req, res, emptyForm(), null)
  })

  router.post('/groups/new', async (req, res) => {
    const { form } = await submit(readForm(groupForm, req.body), values => createGroup(db, values))
    if (form) return editPage(req, res.status(422), form, null)
    notify(req, { kind: 'success', message: msg('admin.group_created') })
    res.redirect(303, '/admin/groups')
  })

  router.get('/groups/:id', async (req, res) => {
    await editPage(req, res, emptyForm(), await findGroup(db, idOf(req)))
  })

  router.post('/groups/:id', async (req, res) => {
    const group = await findGroup(db, idOf(req))
    const read = group.kind === 'guests' ? readForm(guestsForm, req.body) : readForm(groupForm, req.body)
    const { form } = await submit<Partial<Group>, void>(read, values => editGroup(db, group.id, values))
    if (form) return editPage(req, res.status(422), form, group)
    notify(req, { kind: 'success', message: msg('admin.group_saved') })
    res.redirect(303, '/admin/groups')
  })

  router.post('/groups/:id/delete', async (req, res) => {
    const id = idOf(req)
    const group = (await allGroups(db)).find(one => one.id === id)
    if (!group) return sayGone(req, res, '/admin/groups')
    const { form } = await submit(readForm(deleteGroupForm, req.body), values =>
      deleteGroup(db, group.id, values.move_to),
    )
    if (form) return editPage(req, res.status(422), form, group)
    notify(req, { kind: 'success', message: msg('admin.group_deleted', { name: group.name }) })
    res.redirect(303, '/admin/groups')
  })

  return router
}
