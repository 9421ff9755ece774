import { type Request, type Response, Router } from 'express'
import { Forbidden, Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idFrom, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import { mayModerateEverywhere, moderatesEverywhere } from '../../members/index.ts'
import { bansOfMany } from '../../sanctions/index.ts'
import { type BanManyDraft, banMany, beginningOf, liftMany, type Prospect, prospectOf } from '../dossier/ban-many.ts'
import { cleanUp, doingsOf } from '../dossier/clean-up.ts'
import { dossierOf } from '../dossier/find-member.ts'
import { banForm, banManyForm } from '../forms.ts'
import { daysField } from '../input/fields.ts'
import { dossierPath } from '../menus/member-menu.ts'
import { aboutBatches, undoPath } from '../notices.ts'
import { sightings } from '../queries/network.ts'
import type { ActsDeps } from './acts.ts'
import type { ShowRoom } from './show-room.ts'

const addressesPath = '/modcp/addresses/'

/** What is done on a large scale, by whoever moderates every forum: cleaning up after somebody, and bans of many. */
export function sweepingRoutes({ db, confirmPassword, proxies = [] }: ActsDeps, show: ShowRoom): Router {
  const router = Router()

  const showClean = async (req: Request, res: Response, form: FormView) => {
    const dossier = await mayClean(req)
    const doings = await doingsOf(db, req.viewer, dossier.member.id)
    const days = (await daysField.offers?.(db, [])) ?? []
    await show(req, res, 'moderation/members/clean', 'members', { dossier, doings, form, days })
  }
  const mayClean = async (req: Request) => {
    const dossier = await dossierOf(db, req.viewer, idOf(req))
    if (!moderatesEverywhere(req.viewer)) throw new NotFound()
    if (!dossier.inside?.mayClean) throw new Forbidden()
    return dossier
  }

  router.get('/modcp/members/:id/clean', (req, res) => showClean(req, res, emptyForm()))

  router.post('/modcp/members/:id/clean', async (req, res) => {
    const { member } = await mayClean(req)
    const { done, form } = await submit(readForm(banForm, req.body), ({ days, reason }) =>
      cleanUp(db, req.viewer, { memberId: member.id, days, reason, confirmPassword }),
    )
    if (form) return showClean(req, res.status(422), form)
    const { batch, missed } = done
    const n = done.done.filter(ref => ref.kind !== 'member').length
    const undo = { action: undoPath, fields: { batch, return: dossierPath(member.id) } }
    const message = msg('moderation.done_clean', { name: member.name, n })
    if (done.done.length > 0)
      notify(req, { kind: 'success', message, sticky: true, undo, about: aboutBatches([batch]) })
    else notify(req, { kind: 'info', message: msg('moderation.handled_meanwhile', { n: 1 }) })
    if (missed.length > 0)
      notify(req, { kind: 'warning', message: msg('moderation.missed_forbidden', { n: missed.length }) })
    res.redirect(303, dossierPath(member.id))
  })

  router.use('/modcp/addresses', (req, _res, next) => {
    if (!mayModerateEverywhere(req.viewer, 'ban')) throw new NotFound()
    next()
  })

  const showAddresses = async (req: Request, res: Response, more: { form?: FormView; prospect?: Prospect } = {}) => {
    const asked = typeof req.query.address === 'string' ? req.query.address.trim().slice(0, 60) : ''
    const beginning = asked.includes('/') ? beginningOf(asked) : asked
    const data = {
      asked,
      found: asked.length >= 2 ? (await sightings(db, { beginning })).slice(0, 200) : [],
      bans: await bansOfMany(db),
      days: (await daysField.offers?.(db, [])) ?? [],
      form: emptyForm(),
      prospect: null,
      draft: null as BanManyDraft | null,
      pathOf: dossierPath,
    }
    await show(req, res, 'moderation/members/addresses', 'addresses', { ...data, ...more })
  }

  router.get('/modcp/addresses', (req, res) => showAddresses(req, res))

  router.post('/modcp/addresses/ban', async (req, res) => {
    const read = readForm(banManyForm, req.body)
    let prospect: Prospect | undefined
    const { done, form } = await submit(read, async draft => {
      prospect = await prospectOf(db, req.viewer, draft.pattern, proxies)
      return draft.sure ? banMany(db, req.viewer, draft, proxies) : null
    })
    if (form) return showAddresses(req, res.status(422), { form })
    if (done === null) return showAddresses(req, res, { form: { typed: read.typed, errors: null }, prospect })
    const undo = { action: `${addressesPath}lift`, fields: { ban: String(done) } }
    notify(req, {
      kind: 'success',
      message: msg('moderation.done_ban_many', { pattern: prospect?.pattern ?? '' }),
      undo,
    })
    res.redirect(303, addressesPath)
  })

  router.post('/modcp/addresses/lift', async (req, res) => {
    const id = idFrom(req.body?.ban)
    if (id === null) throw new Invalid({ '': msg('moderation.missed_gone', { n: 1 }) })
    const { pattern, days, reason } = await liftMany(db, req.viewer, id)
    const fields = { pattern, days: days === null ? '' : String(days), reason: reason ?? '', sure: '1' }
    const undo = { action: `${addressesPath}ban`, fields }
    notify(req, { kind: 'success', message: msg('moderation.done_lift_many', { pattern }), undo })
    res.redirect(303, addressesPath)
  })

  return router
}
