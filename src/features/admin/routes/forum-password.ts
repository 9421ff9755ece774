import { Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, idOf, notify, readForm } from '../../../platform/http/index.ts'
import { forumTree, setForumPassword } from '../../forums/index.ts'
import { forumPasswordForm } from '../forms.ts'
import type { ForumEditPage } from './forum-edit-page.ts'
import type { AdminDeps } from './page.ts'

/** `/admin/forums/12/password`: gives a forum a password, or takes it away. */
export function forumPasswordRoutes({ db, hasher }: AdminDeps, editPage: ForumEditPage): Router {
  const router = Router()
  router.post('/forums/:id/password', async (req, res) => {
    const forum = (await forumTree(db)).byId.get(idOf(req))
    if (!forum || forum.kind === 'link') throw new NotFound()
    const form = readForm(forumPasswordForm, req.body)
    if (form.errors) return editPage(req, res.status(422), emptyForm(), forum, { passwordForm: form })
    const { password } = form.values
    await setForumPassword(db, forum.id, password === '' ? null : await hasher.hashPassword(password))
    const said = password === '' ? 'admin.forum_password_gone' : 'admin.forum_password_set'
    notify(req, { kind: 'success', message: msg(said, { forum: forum.name }) })
    res.redirect(303, `/admin/forums/${forum.id}`)
  })
  return router
}
