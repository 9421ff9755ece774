import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit, webOf } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { memberPath } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { createInvitation, endInvitation, invitationForm, invitationList } from '../../spam/index.ts'
import { logNow } from './log.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'

const here = '/admin/invitations'
const day = 24 * 60 * 60 * 1000

/** Links by which people register. One is shown only in the answer that makes it. */
export function invitationRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/invitations', (req, res) => show(db, req, res, emptyForm()))

  router.post('/invitations', async (req, res) => {
    const { done, form } = await submit(readForm(invitationForm, req.body), ({ note, uses, days }) =>
      createInvitation(db, req.viewer.member?.id ?? 0, {
        note,
        mostUses: uses,
        expiresAt: days === null ? null : Date.now() + days * day,
      }),
    )
    if (form) return show(db, req, res.status(422), form)
    await logNow(db, req, msg('admin.log_invitation'))
    const { base_url } = await settings(db)
    await show(db, req, res, emptyForm(), `${base_url || webOf(res).origin(req)}/register/?invitation=${done}`)
  })

  router.post('/invitations/:id/end', async (req, res) => {
    if (!(await endInvitation(db, idOf(req), Date.now()))) return sayGone(req, res, here)
    notify(req, { kind: 'success', message: msg('spam.invitation_is_ended') })
    res.redirect(303, here)
  })
  return router
}

async function show(db: Db, req: Request, res: Response, form: FormView, made: string | null = null): Promise<void> {
  const invitations = await invitationList(db)
  await adminPage(req, res, 'invitations', {
    room: 'invitations',
    title: 'spam.invitations',
    noStore: true,
    form,
    made,
    mode: (await settings(db)).registration,
    invitations: invitations.map(one => ({
      ...one,
      members: one.members.map(member => ({ name: member.name, path: memberPath(member) })),
    })),
  })
}
