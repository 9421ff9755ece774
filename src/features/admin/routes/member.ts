import { type Request, type Response, Router } from 'express'
import { allow, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import { attempt, giveAddress } from '../../accounts/index.ts'
import { allGroups, standings } from '../../groups/index.ts'
import { memberById, memberPath } from '../../members/index.ts'
import { giveAddressForm, linkForm, memberGroupForm } from '../forms.ts'
import { changeMemberGroup } from '../members/change-group.ts'
import { memberInReach } from '../members/many.ts'
import { makeOneTimeLink } from '../one-time-link.ts'
import { logNow } from './log.ts'
import { type AdminDeps, adminPage } from './page.ts'

interface MemberForms {
  readonly group?: FormView
  readonly address?: FormView
  readonly askLink?: FormView
  /** Just made, to be shown this once. */
  readonly link?: string
}

/** `/admin/members/ID`: one member, and what an administrator may change of the account. */
export function memberRoutes({ db, confirmPassword }: AdminDeps): Router {
  const router = Router()

  const memberPage = async (req: Request, res: Response, forms: MemberForms) => {
    const member = await memberById(db, idOf(req))
    if (!member) throw new NotFound()
    const { id, name, email, group_id, joined_at, last_seen_at, post_count, leaving_at, deleted_at } = member
    const verified = member.email_verified_at !== null
    const waiting = member.pending_at !== null
    const states = { leaving: leaving_at !== null, deleted: deleted_at !== null, verified, waiting }
    await adminPage(req, res, 'member', {
      room: 'members',
      title: 'admin.member',
      noStore: forms.link !== undefined,
      form: forms.group ?? emptyForm(),
      addressForm: forms.address ?? emptyForm(),
      linkForm: forms.askLink ?? emptyForm(),
      link: forms.link ?? null,
      member: { id, name, email, group_id, joined_at, last_seen_at, post_count, path: memberPath(member), ...states },
      own: id === req.viewer.member?.id,
      inReach: (await standings(db))(member) < req.viewer.standing,
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

  router.post('/members/:id/email', async (req, res) => {
    allow(idOf(req) !== req.viewer.member?.id, msg('admin.own_address'))
    const { id, name } = await memberInReach(db, req.viewer, idOf(req))
    const sent = readForm(giveAddressForm, req.body)
    const { done, form } = await attempt(res, sent, async ({ email, proof }) =>
      giveAddress(db, await memberInReach(db, req.viewer, id), email, proof === 'given'),
    )
    if (form) return memberPage(req, res, { address: form })
    notify(req, { kind: 'success', message: msg(`admin.address_${done}`, { name }) })
    res.redirect(303, `/admin/members/${id}`)
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
