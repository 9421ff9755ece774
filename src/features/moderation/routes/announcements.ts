import { type Request, type Response, Router } from 'express'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  announce,
  announcementForm,
  findAnnouncement,
  type Note,
  reword,
  takeAway,
  takeBack,
} from '../../announcements/index.ts'
import { mayModerateSomewhere } from '../../members/index.ts'
import { announcementChoices, announcementsPage, typedOf } from '../pages/announcements-page.ts'
import { type AnnouncementAct, logAnnouncementAct } from '../performing/log-member-act.ts'
import type { ShowRoom } from './show-room.ts'

const here = '/modcp/announcements/'

/** What is announced, above all pages or those of some forums, as far as it is this moderator's. */
export function announcementRoutes({ db }: { readonly db: Db }, show: ShowRoom): Router {
  const router = Router()
  router.use('/modcp/announcements', (req, _res, next) => {
    if (!mayModerateSomewhere(req.viewer, 'announce')) throw new NotFound()
    next()
  })

  router.get('/modcp/announcements', async (req, res) => {
    await show(req, res, 'moderation/announcements/list', 'announcements', await announcementsPage(db, req.viewer))
  })

  const showForm = async (req: Request, res: Response, id: number | null, form: FormView) => {
    const choices = await announcementChoices(db, req.viewer)
    await show(req, res, 'moderation/announcements/edit', 'announcements', { id, form, ...choices })
  }

  router.get('/modcp/announcements/new', async (req, res) => {
    const { isEverywhere } = await announcementChoices(db, req.viewer)
    await showForm(
      req,
      res,
      null,
      emptyForm({ where: isEverywhere ? 'all' : 'some', audience: 'everybody', dismissible: '1' }),
    )
  })

  router.post('/modcp/announcements/new', async (req, res) => {
    const { done, form } = await submit(readForm(announcementForm, req.body), values =>
      announce(db, req.viewer, values, noteOf(req, 'announce')),
    )
    if (form) return showForm(req, res.status(422), null, form)
    await say(req, done, 'announced')
    res.redirect(303, here)
  })

  router.get('/modcp/announcements/:id', async (req, res) => {
    const one = await findAnnouncement(db, req.viewer, idOf(req))
    await showForm(req, res, one.id, emptyForm(await typedOf(db, one)))
  })

  router.post('/modcp/announcements/:id', async (req, res) => {
    const { id } = await findAnnouncement(db, req.viewer, idOf(req))
    const { form } = await submit(readForm(announcementForm, req.body), values =>
      reword(db, req.viewer, id, values, noteOf(req, 'reword')),
    )
    if (form) return showForm(req, res.status(422), id, form)
    await say(req, id, 'changed')
    res.redirect(303, here)
  })

  router.post('/modcp/announcements/:id/remove', async (req, res) => {
    const id = idOf(req)
    const isDone = await orSaid(req, () => takeAway(db, req.viewer, id, noteOf(req, 'take_away')))
    if (isDone) await say(req, id, 'removed')
    res.redirect(303, here)
  })

  router.post('/modcp/announcements/:id/back', async (req, res) => {
    const id = idOf(req)
    const changedAt = Number(req.body?.changed)
    const isDone = await orSaid(req, () => takeBack(db, req.viewer, id, changedAt, noteOf(req, 'take_back')))
    if (isDone) notify(req, { kind: 'success', message: msg('announcements.taken_back') })
    res.redirect(303, here)
  })

  /** With the offer to undo it, which is worth nothing once it was changed again. */
  const say = async (req: Request, id: number, what: string) => {
    const { changed_at } = await findAnnouncement(db, req.viewer, id)
    const undo = { action: `${here}${id}/back`, fields: { changed: String(changed_at) } }
    notify(req, { kind: 'success', message: msg(`announcements.${what}`), undo, sticky: true })
  }

  return router
}

function noteOf(req: Request, act: AnnouncementAct['act']): Note {
  return (tx, { title, forums }) =>
    logAnnouncementAct(tx, { act, title, forumId: forums[0] ?? 0, by: req.viewer.member?.id ?? 0 })
}

async function orSaid(req: Request, act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (refused) {
    if (!(refused instanceof Conflict) || !refused.reason) throw refused
    notify(req, { kind: 'warning', message: refused.reason })
    return false
  }
}
