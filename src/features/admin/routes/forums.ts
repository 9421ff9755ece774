import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import {
  clicksOfLinks,
  createForum,
  directions,
  editForum,
  type ForumNode,
  forumIcons,
  forumTree,
  placeForum,
  prefixColours,
  shiftForum,
  subtree,
} from '../../forums/index.ts'
import { deleteForumForm, forumForm, spotForm } from '../forms.ts'
import { deleteForum, deletionOf, forumList, forumValues } from '../forums.ts'
import type { ForumEditPage } from './forum-edit-page.ts'
import { forumPasswordRoutes } from './forum-password.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'
import { prefixRoutes } from './prefixes.ts'

const room = 'forums' as const
const kinds = ['category', 'forum', 'link'] as const

export function forumRoutes(deps: AdminDeps): Router {
  const { db } = deps
  const router = Router()

  const find = async (req: Request): Promise<ForumNode> => {
    const forum = (await forumTree(db)).byId.get(idOf(req))
    if (!forum) throw new NotFound()
    return forum
  }

  const editPage: ForumEditPage = async (req, res, form, forum, beside = {}) => {
    const kind = forum?.kind ?? kinds.find(one => one === form.typed.kind) ?? 'forum'
    const below = new Set(forum ? subtree(forum).map(({ id }) => id) : [])
    const parents = (await forumList(db)).filter(row => !below.has(row.forum.id) && row.forum.kind !== 'link')
    const title = forum ? `admin.${kind}_edit` : `admin.${kind}_new`
    await adminPage(req, res, 'forum', {
      ...{ room, title, form, forum, kind, parents, ...beside },
      icons: forumIcons,
      colours: prefixColours,
    })
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
    await adminPage(req, res, 'forums', {
      room,
      title: 'admin.forums',
      rows: await forumList(db),
      clicks: await clicksOfLinks(db),
    })
  })

  router.get('/forums/new', async (req, res) => {
    const typed = { kind: String(req.query.kind ?? ''), parent: String(req.query.parent ?? '') }
    await editPage(req, res, emptyForm(typed), null)
  })

  router.post('/forums/new', async (req, res) => {
    const { done, form } = await submit(readForm(forumForm, req.body), values =>
      forumValues(db, values).then(forum => createForum(db, forum)),
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
      forumValues(db, { ...values, kind: forum.kind }).then(changed => editForum(db, forum.id, changed)),
    )
    if (form) return editPage(req, res.status(422), form, forum)
    notify(req, { kind: 'success', message: msg('admin.forum_saved') })
    res.redirect(303, `/admin/forums#forum-${forum.id}`)
  })

  router.post('/forums/:id/shift', async (req, res) => {
    const forum = await find(req)
    await shiftForum(db, forum.id, directions.find(one => one === req.body?.direction) ?? 'down')
    res.redirect(303, `/admin/forums#forum-${forum.id}`)
  })

  router.post('/forums/:id/place', async (req, res) => {
    const forum = await find(req)
    const { form } = await submit(readForm(spotForm, req.body), ({ parent, before }) =>
      placeForum(db, forum.id, { parentId: parent, before }),
    )
    const [why] = Object.values(form?.errors ?? {})
    if (why) notify(req, { kind: 'danger', message: why })
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
  router.use(prefixRoutes(deps, editPage), forumPasswordRoutes(deps, editPage))
  return router
}
