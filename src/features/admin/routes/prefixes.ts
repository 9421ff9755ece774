import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import { addPrefix, changePrefix, type ForumNode, forumTree, raisePrefix, removePrefix } from '../../forums/index.ts'
import { prefixForm } from '../forms.ts'
import type { ForumEditPage } from './forum-edit-page.ts'
import type { AdminDeps } from './page.ts'

/** `/admin/forums/12/prefixes`: what may stand before the titles of a forum's topics. */
export function prefixRoutes({ db }: AdminDeps, editPage: ForumEditPage): Router {
  const router = Router()

  const find = async (req: Request): Promise<ForumNode> => {
    const forum = (await forumTree(db)).byId.get(idOf(req))
    if (forum?.kind !== 'forum') throw new NotFound()
    return forum
  }

  const done = (req: Request, res: Response, forum: ForumNode) => {
    notify(req, { kind: 'success', message: msg('admin.prefixes_saved', { forum: forum.name }) })
    res.redirect(303, `/admin/forums/${forum.id}#prefixes`)
  }

  router.post('/forums/:id/prefixes', async (req, res) => {
    const forum = await find(req)
    const { form } = await submit(readForm(prefixForm, req.body), values => addPrefix(db, forum.id, values))
    if (form) return editPage(req, res.status(422), emptyForm(), forum, { prefixForm: form })
    done(req, res, forum)
  })

  router.post('/forums/:id/prefixes/:prefix', async (req, res) => {
    const forum = await find(req)
    const prefixId = idOf(req, 'prefix')
    const { form } = await submit(readForm(prefixForm, req.body), values =>
      changePrefix(db, forum.id, prefixId, values),
    )
    if (form) return editPage(req, res.status(422), emptyForm(), forum, { prefixForm: form, prefixId })
    done(req, res, forum)
  })

  for (const [name, act] of Object.entries({ raise: raisePrefix, remove: removePrefix })) {
    router.post(`/forums/:id/prefixes/:prefix/${name}`, async (req, res) => {
      const forum = await find(req)
      await act(db, forum.id, idOf(req, 'prefix'))
      done(req, res, forum)
    })
  }
  return router
}
