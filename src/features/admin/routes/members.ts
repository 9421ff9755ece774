import { Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, idOf, notify, pageNumber, readForm } from '../../../platform/http/index.ts'
import { allGroups } from '../../groups/index.ts'
import { memberById, memberPath } from '../../members/index.ts'
import { memberGroupForm } from '../forms.ts'
import { changeMemberGroup } from '../members.ts'
import { searchMembers } from '../queries.ts'
import { type AdminDeps, adminPage } from './page.ts'

const perPage = 50

export function memberRoutes({ db }: AdminDeps): Router {
  const router = Router()

  router.get('/members', async (req, res) => {
    const page = pageNumber(req)
    const text = String(req.query.q ?? '')
      .trim()
      .slice(0, 100)
    const groups = await allGroups(db)
    const groupId = groups.find(group => String(group.id) === req.query.group)?.id ?? null
    const { rows, total } = await searchMembers(db, { text, groupId, limit: perPage, offset: (page - 1) * perPage })
    const pages = Math.max(1, Math.ceil(total / perPage))
    if (page > pages) throw new NotFound()
    await adminPage(req, res, 'members', {
      room: 'members',
      title: 'admin.members',
      rows: rows.map(row => ({ ...row, path: memberPath(row) })),
      groups: groups.filter(group => group.kind !== 'guests'),
      text,
      groupId,
      total,
      page,
      pages,
    })
  })

  router.get('/members/:id', async (req, res) => {
    const member = await memberById(db, idOf(req, 'id'))
    if (!member) throw new NotFound()
    const groups = (await allGroups(db)).filter(group => group.kind !== 'guests')
    await adminPage(req, res, 'member', {
      room: 'members',
      title: 'admin.member',
      form: emptyForm(),
      member: { ...member, path: memberPath(member), password_hash: undefined },
      groups,
    })
  })

  router.post('/members/:id/group', async (req, res) => {
    const form = readForm(memberGroupForm, req.body)
    if (form.errors) throw new NotFound()
    const member = await changeMemberGroup(db, req.viewer, idOf(req, 'id'), form.values.group)
    await notify(req, { kind: 'success', message: msg('admin.group_changed', { name: member.name }) })
    res.redirect(303, `/admin/members/${member.id}`)
  })
  return router
}
