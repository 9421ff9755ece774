import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import { createForum, editForum, type ForumNode, forumTree, shiftForum, subtree } from '../../forums/index.ts'
import { deleteForumForm, forumForm } from '../forms.ts'
import { deleteForum, deletionOf, forumList } from '../forums.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'

const room = 'forums' as const

export function forumRoutes({ db }: AdminDeps): Router {
  const router = Router()

  const find = async (req: Request): Promise<ForumNode> => {
    const forum = (await forumTree(db)).byId.get(idOf(req))
    if (!forum) throw new NotFound()
    return forum
  }

  const editPage = async (req: Request, res: Response, form: FormView, forum: ForumNode | null) => {
    const kind = forum?.kind ?? (form.typed.kind === 'category' ? 'category' : 'forum')
    const below = new Set(forum ? subtree(forum).map(({ id }) => id) : [])
    const parents = (await forumList(db)).filter(row => !below.has(row.forum.id))
    const title = forum ? 'admin.forum_edit' : `admin.${kind}_new`
    await adminPage(req, res, 'forum', { room, title, form, forum, kind, parents })
  }

  const deletePage = async (req: Request, res: Response, form: FormView, forum: ForumNode) =>
    adminPage(req, res, 'forum-delete', {
      room,
      title: 'admin.forum_delete',
      form,
      forum,
      ...(await deletionOf(db, forum)),
    })

  router.get('/forums', async (req, res) => {
    await adminPage(req, res, 'forums', { room, title: 'admin.forums', rows: await forumList(db) })
  })

  router.get('/forums/new', async (req, res) => {
    const typed = { kind: String(req.query.kind ?? ''), parent: String(req.query.parent ?? '') }
    await editPage(req, res, emptyForm(typed), null)
  })

  router.post('/forums/new', async (req, res) => {
    const { done, form } = await submit(readForm(forumForm, req.body), values =>
      createForum(db, {
        ...values,
        parentId: values.parent,
        guestPosting: values.guest_posting,
      }),
    )
    if (form) return editPage(req, res.status(422), form, null)
    notify(req, { kind: 'success', message: msg('admin.forum_created') })
    res.redirect(303, `/admin/forums#forum-${done}`)
  })

  router.get('/forums/:id', async (req, res) => {
    await editPage(req, res, emptyForm(), await find(req))
  })

  router.post('/forums/:id', async (req, res) => {
    const forum = await find(req)
    const { form } = await submit(readForm(forumForm, req.body), values =>
      editForum(db, forum.id, {
        ...values,
        parentId: values.parent,
        guestPosting: values.guest_posting,
      }),
    )
    if (form) return editPage(req, res.status(422), form, forum)
    notify(req, { kind: 'success', message: msg('admin.forum_saved') })
    res.redirect(303, `/admin/forums#forum-${forum.id}`)
  })

  router.post('/forums/:id/shift', async (req, res) => {
    const forum = await find(req)
    await shiftForum(db, forum.id, req.body?.direction === 'up' ? 'up' : 'down')
    res.redirect(303, `/admin/forums#forum-${forum.id}`)
  })

  router.get('/forums/:id/delete', async (req, res) => {
    await deletePage(req, res, emptyForm(), await find(req))
  })

  router.post('/forums/:id/delete', async (req, res) => {
    const forum = (await forumTree(db)).byId.get(idOf(req))
    if (!forum) return sayGone(req, res, '/admin/forums')
    const { form } = await submit(readForm(deleteForumForm, req.body), values =>
      deleteForum(db, forum.id, values.move_to),
    )
    if (form) return deletePage(req, res.status(422), form, forum)
    notify(req, { kind: 'success', message: msg('admin.forum_deleted', { name: forum.name }) })
    res.redirect(303, '/admin/forums')
  })
  return router
}
