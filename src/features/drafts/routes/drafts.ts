import { type RequestHandler, Router } from 'express'
import { msg, NotFound, SignInNeeded } from '../../../platform/errors.ts'
import { idOf, notify, page } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { listDrafts } from '../drafts-page.ts'
import { deleteDraft } from '../queries.ts'
import { typedRouter } from './typed.ts'

/** `/drafts/`: what a member has typed and not posted, to go on with or to discard. */
export function draftsRouter({ db }: { readonly db: Db }): RequestHandler {
  const router = Router()
  router.use(typedRouter({ db }))

  router.get('/drafts/', async (req, res) => {
    if (!req.viewer.member) throw new SignInNeeded()
    await page(res, 'drafts/list', {
      meta: { title: req.t('drafts.title'), noindex: true, noStore: true },
      drafts: await listDrafts(db, req.viewer),
    })
  })

  router.post('/drafts/:id/discard', async (req, res) => {
    if (!req.viewer.member) throw new SignInNeeded()
    if (!(await deleteDraft(db, req.viewer.member.id, idOf(req)))) throw new NotFound()
    notify(req, { kind: 'success', message: msg('drafts.discarded') })
    res.redirect(303, '/drafts/')
  })
  return router
}
