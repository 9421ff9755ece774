import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, pageNumber, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  addNote,
  assignCase,
  assignForm,
  type CaseState,
  caseStates,
  chooseAlerts,
  findCase,
  longestNote,
  noteForm,
  reasonText,
  wantsAlerts,
} from '../../reports/index.ts'
import { actPath } from '../menus/menus.ts'
import { casePage } from '../reports/case-page.ts'
import { reportsPage } from '../reports/list-page.ts'
import { loadItems } from '../targets/items.ts'
import type { ShowRoom } from './show-room.ts'

const listPath = '/modcp/reports/'

/** What people reported, what moderators say to each other about it, and who looks after it. */
export function reportRoutes({ db }: { readonly db: Db }, show: ShowRoom): Router {
  const router = Router()
  const reasonIn = (req: Request) => (reason: string) => reasonText(req.t, reason)

  router.get('/modcp/reports', async (req, res) => {
    const state = stateIn(req.query.state)
    const list = await reportsPage(db, req.viewer, state, pageNumber(req))
    if (list.page > list.pages) return res.redirect(302, pathOf(state, list.pages))
    await show(req, res, 'reports/list', 'reports', {
      list,
      states: caseStates,
      path: listPath,
      reasonOf: reasonIn(req),
      mails: await wantsAlerts(db, req.viewer.member?.id ?? 0),
    })
  })

  router.post('/modcp/reports/mail', async (req, res) => {
    await chooseAlerts(db, req.viewer.member?.id ?? 0, req.body?.mails !== undefined)
    notify(req, { kind: 'success', message: msg('reports.mail_chosen') })
    res.redirect(303, listPath)
  })

  const showCase = async (req: Request, res: Response, form: FormView) => {
    const shown = await casePage(db, req.viewer, idOf(req))
    const nextPath = shown.after === null ? listPath : `${listPath}${shown.after}/`
    const data = {
      shown,
      form,
      nextPath,
      path: `${listPath}${shown.case.id}/`,
      actPath,
      longestNote,
      reasonOf: reasonIn(req),
    }
    await show(req, res, 'reports/case', 'reports', data)
  }

  router.get('/modcp/reports/:id', async (req, res) => {
    await showCase(req, res, emptyForm())
  })

  router.post('/modcp/reports/:id/notes', async (req, res) => {
    const id = idOf(req)
    await findCase(db, req.viewer, id)
    const { form } = await submit(readForm(noteForm, req.body), ({ note }) => addNote(db, req.viewer, id, note))
    if (form) return showCase(req, res.status(422), form)
    res.redirect(303, `${listPath}${id}/#notes`)
  })

  router.post('/modcp/reports/:id/assign', async (req, res) => {
    const found = await findCase(db, req.viewer, idOf(req))
    const [item] = await loadItems(db, req.viewer, [{ kind: 'post', id: found.post_id }])
    const place = { forumId: item?.target.forumId ?? 0, authorId: item?.target.author.id ?? null }
    const asked = readForm(assignForm, req.body)
    const { form } = await submit(asked, ({ to }) => assignCase(db, req.viewer, found.id, place, to))
    if (form) return showCase(req, res.status(422), form)
    notify(req, { kind: 'success', message: msg('reports.assigned') })
    res.redirect(303, `${listPath}${found.id}/`)
  })

  return router
}

function stateIn(asked: unknown): CaseState {
  return caseStates.find(state => state === asked) ?? 'open'
}

function pathOf(state: CaseState, page: number): string {
  const query = new URLSearchParams({ ...(state !== 'open' && { state }), ...(page > 1 && { page: String(page) }) })
  return query.size > 0 ? `${listPath}?${query}` : listPath
}
