import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, pageNumber, readForm, submit } from '../../../platform/http/index.ts'
import { pagesOf, windowOf } from '../../../platform/paging.ts'
import type { Db } from '../../../platform/store/index.ts'
import { moderatedForums, moderatesEverywhere, postsShown } from '../../members/index.ts'
import { demandNotes, dossierOf } from '../dossier/find-member.ts'
import { memberNoteForm } from '../forms.ts'
import { dossierPath } from '../menus/member-menu.ts'
import { countSanctions, deleteNote, insertNote, membersNamed, sanctionsListed } from '../queries/dossier.ts'
import type { ShowRoom } from './show-room.ts'

const mostFound = 50
const perPage = 30

/** Members as moderators look them up, with notes; who is held back, and who was warned. */
export function memberRoutes({ db }: { readonly db: Db }, show: ShowRoom): Router {
  const router = Router()

  router.get('/modcp/members', async (req, res) => {
    const text = typeof req.query.q === 'string' ? req.query.q.slice(0, 100) : ''
    const forumIds = forumsOf(req)
    const named = await membersNamed(db, text, mostFound, forumIds)
    const found = named.map(row => ({ ...row, post_count: postsShown(req.viewer, row) }))
    const isLocal = forumIds !== null
    await show(req, res, 'moderation/members/find', 'members', { text, found, isLocal, pathOf: dossierPath })
  })

  const showMember = async (req: Request, res: Response, form: FormView) => {
    const dossier = await dossierOf(db, req.viewer, idOf(req))
    await show(req, res, 'moderation/members/member', 'members', { dossier, form, now: Date.now() })
  }

  router.get('/modcp/members/:id', async (req, res) => showMember(req, res, emptyForm()))

  router.post('/modcp/members/:id/notes', async (req, res) => {
    const id = idOf(req)
    await demandNotes(db, req.viewer, id)
    const by = req.viewer.member?.id ?? 0
    const { form } = await submit(readForm(memberNoteForm, req.body), ({ text }) =>
      insertNote(db, id, by, text, Date.now()),
    )
    if (form) return showMember(req, res.status(422), form)
    notify(req, { kind: 'success', message: msg('moderation.note_added') })
    res.redirect(303, dossierPath(id))
  })

  router.post('/modcp/members/:id/notes/:note/remove', async (req, res) => {
    const id = idOf(req)
    await demandNotes(db, req.viewer, id)
    const note = idOf(req, 'note')
    const by = req.viewer.admin ? null : (req.viewer.member?.id ?? 0)
    const isGone = await deleteNote(db, id, note, by)
    notify(req, {
      kind: isGone ? 'success' : 'info',
      message: msg(isGone ? 'moderation.note_removed' : 'moderation.missed_gone', { n: 1 }),
    })
    res.redirect(303, dossierPath(id))
  })

  for (const kind of ['held', 'warnings'] as const)
    router.get(`/modcp/${kind}`, async (req, res) => {
      const list = { kind, now: Date.now(), standing: req.viewer.standing, forumIds: forumsOf(req) }
      // What keeps a member from every forum is no matter of one forum.
      if (kind === 'held' && list.forumIds !== null) throw new NotFound()
      const page = pageNumber(req)
      const pages = pagesOf(await countSanctions(db, list), perPage)
      if (page > pages) return res.redirect(302, `/modcp/${kind}/?page=${pages}`)
      const rows = await sanctionsListed(db, list, windowOf(page, perPage))
      await show(req, res, 'moderation/members/list', kind, {
        kind,
        rows,
        page,
        pages,
        now: list.now,
        pathOf: dossierPath,
        mayRule: req.viewer.admin,
      })
    })

  return router
}

/** The forums to which what this viewer sees is narrowed; null: they moderate all. */
function forumsOf({ viewer }: Request): readonly number[] | null {
  return moderatesEverywhere(viewer) ? null : moderatedForums(viewer)
}
