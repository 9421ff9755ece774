import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, pageNumber, readForm, submit } from '../../../platform/http/index.ts'
import { attempt } from '../../accounts/index.ts'
import { allGroups } from '../../groups/index.ts'
import { memberById, memberPath } from '../../members/index.ts'
import { linkForm, memberGroupForm } from '../forms.ts'
import { changeMemberGroup } from '../members.ts'
import { makeOneTimeLink } from '../one-time-link.ts'
import { searchMembers } from '../queries.ts'
import { logNow } from './log.ts'
import { type AdminDeps, adminPage } from './page.ts'

const perPage = 50

interface MemberForms {
  readonly group?: FormView
  readonly askLink?: FormView
  /** Just made, to be shown this once. */
  readonly link?: string
}

export function memberRoutes({ db, confirmPassword }: AdminDeps): Router {
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

  const memberPage = async (req: Request, res: Response, forms: MemberForms) => {
    const member = await memberById(db, idOf(req))
    if (!member) throw new NotFound()
    const { id, name, email, group_id, joined_at, last_seen_at, post_count, leaving_at, deleted_at } = member
    const verified = member.email_verified_at !== null
    const states = { leaving: leaving_at !== null, deleted: deleted_at !== null, verified }
    await adminPage(req, res, 'member', {
      room: 'members',
      title: 'admin.member',
      noStore: forms.link !== undefined,
      form: forms.group ?? emptyForm(),
      linkForm: forms.askLink ?? emptyForm(),
      link: forms.link ?? null,
      member: { id, name, email, group_id, joined_at, last_seen_at, post_count, path: memberPath(member), ...states },
      own: id === req.viewer.member?.id,
      groups: (await allGroups(db)).filter(group => group.kind !== 'guests'),
    })
  }

  router.get('/members/:id', async (req, res) => {
    await memberPage(req, res, {})
  })

  router.post('/members/:id/group', async (req, res) => {
    const { done, form } = await submit(readForm(memberGroupForm, req.body), values =>
      changeMemberGroup(db, req.viewer, idOf(req), values.group),
    )
    if (form) return memberPage(req, res.status(422), { group: form })
    const { member, resigned } = done
    notify(req, { kind: 'success', message: msg('admin.group_changed', { name: member.name }) })
    res.redirect(303, resigned && member.id === req.viewer.member?.id ? '/' : `/admin/members/${member.id}`)
  })

  router.post('/members/:id/link', async (req, res) => {
    const { done, form } = await attempt(res, readForm(linkForm, req.body), ({ password }) =>
      makeOneTimeLink(db, req.viewer, { memberId: idOf(req), password }, confirmPassword),
    )
    if (!form) await logNow(db, req, msg('admin.log_link'))
    await memberPage(req, res, form ? { askLink: form } : { link: done })
  })
  return router
}
