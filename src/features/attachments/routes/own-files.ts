import { type Request, type RequestHandler, Router } from 'express'
import { Conflict, msg, NotFound, SignInNeeded } from '../../../platform/errors.ts'
import { idOf, notify, page, pageNumber } from '../../../platform/http/index.ts'
import type { ViewerMember } from '../../members/index.ts'
import { ownFiles } from '../own-files.ts'
import { attachmentById } from '../queries/attachments.ts'
import { removeAttachment } from '../remove-files.ts'
import type { ServeDeps } from './serve.ts'

const list = '/account/files/'

/** `/account/files/`: what a member has uploaded, and what of it can go. */
export function ownFilesRoutes({ db, files }: Pick<ServeDeps, 'db' | 'files'>): RequestHandler {
  const router = Router()

  router.get('/account/files', async (req, res) => {
    const member = demandMember(req)
    await page(res, 'attachments/own', {
      meta: {
        title: req.t('attachments.own'),
        noindex: true,
        noStore: true,
        breadcrumb: [{ href: '/account/', text: req.t('accounts.account') }],
      },
      shown: await ownFiles(db, member.id, pageNumber(req)),
    })
  })

  router.post('/account/files/:id/delete', async (req, res) => {
    const member = demandMember(req)
    const found = await attachmentById(db, idOf(req))
    // Pressed twice, it is gone already.
    if (found && found.member_id !== member.id) throw new NotFound()
    if (found && !(await removeAttachment(db, files, found.id))) throw new Conflict(msg('attachments.shown_by_now'))
    notify(req, { kind: 'success', message: msg('attachments.deleted') })
    res.redirect(303, list)
  })

  return router
}

function demandMember(req: Request): ViewerMember {
  if (!req.viewer.member) throw new SignInNeeded()
  return req.viewer.member
}
