import { Router } from 'express'
import { NotFound } from '../../../platform/errors.ts'
import { pageNumber, readForm } from '../../../platform/http/index.ts'
import { moderatedForums } from '../../members/index.ts'
import { logFilterForm } from '../forms.ts'
import { claimsPage } from '../pages/claims-page.ts'
import { logChoices, logPage } from '../pages/log-page.ts'
import { overviewPage } from '../pages/overview-page.ts'
import { queuePage } from '../pages/queue-page.ts'
import { withdrawnPage } from '../pages/withdrawn-page.ts'
import { registry } from '../registry.ts'
import type { ActsDeps } from './acts.ts'
import { announcementRoutes } from './announcements.ts'
import { memberRoutes } from './members.ts'
import { reportRoutes } from './reports.ts'
import { type ShowRoom, showRooms } from './show-room.ts'
import { sweepingRoutes } from './sweeping.ts'
import { warningRules } from './warning-rules.ts'

/** The moderators' own pages; outsiders find nothing there. */
export function pageRoutes(deps: ActsDeps): Router {
  const { db } = deps
  const router = Router()

  router.use('/modcp', (req, _res, next) => {
    if (moderatedForums(req.viewer).length === 0) throw new NotFound()
    next()
  })

  const showRoom = showRooms(db)
  router.use(announcementRoutes({ db }, showRoom))
  router.use(memberRoutes({ db }, showRoom), warningRules({ db }, showRoom), sweepingRoutes(deps, showRoom))
  const show: ShowRoom = (req, res, view, ...rest) => showRoom(req, res, `moderation/${view}`, ...rest)

  router.get('/modcp', async (req, res) => {
    await show(req, res, 'overview', 'overview', await overviewPage(db, req.viewer))
  })

  router.get('/modcp/queue', async (req, res) => {
    const list = await queuePage(db, req.viewer, pageNumber(req))
    if (list.page > list.pages) return res.redirect(302, pathOf('/modcp/queue/', list.pages))
    await show(req, res, 'queue', 'queue', { list })
  })

  router.get('/modcp/claims', async (req, res) => {
    await show(req, res, 'claims', 'claims', { items: await claimsPage(db, req.viewer) })
  })

  router.get('/modcp/log', async (req, res) => {
    const filter = readForm(logFilterForm, req.query).values ?? { by: null, act: null, forum: null }
    const log = await logPage(db, req.viewer, filter, pageNumber(req))
    if (log.page > log.pages) return res.redirect(302, pathOf('/modcp/log/', log.pages, filter))
    const acts = registry.map(act => act.name)
    await show(req, res, 'log', 'log', { log, acts, ...(await logChoices(db, req.viewer)) })
  })

  for (const state of ['hidden', 'deleted'] as const)
    router.get(`/modcp/${state}`, async (req, res) => {
      const list = await withdrawnPage(db, req.viewer, state, pageNumber(req))
      if (list.page > list.pages) return res.redirect(302, pathOf(`/modcp/${state}/`, list.pages))
      await show(req, res, 'withdrawn', state, { list })
    })

  return router.use(reportRoutes({ db }, showRoom))
}

function pathOf(path: string, number: number, filter: Record<string, string | number | null> = {}): string {
  const kept = Object.entries(filter).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))
  const query = new URLSearchParams([...kept, ...(number > 1 ? [['page', String(number)]] : [])] as [string, string][])
  return query.size > 0 ? `${path}?${query}` : path
}
