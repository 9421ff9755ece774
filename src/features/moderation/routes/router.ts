import { type Request, Router } from 'express'
import type { MenuLink } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { moderatedForums } from '../../members/index.ts'
import { countOpenCases, sightOf } from '../../reports/index.ts'
import { judgedForums } from '../pages/queue-page.ts'
import { countWaiting } from '../queries/queue.ts'
import { type ActsDeps, actRoutes } from './acts.ts'
import { confirmRoutes } from './confirm.ts'
import { ownWarnings } from './own-warnings.ts'
import { pageRoutes } from './pages.ts'
import { savedActs } from './saved.ts'

/** The moderators' pages, and what every act and its Undo are sent to. */
export function moderationRouter(deps: ActsDeps): Router {
  const router = Router()
  router.use(ownWarnings(deps))
  router.use(pageRoutes(deps))
  router.use(savedActs(deps))
  router.use(confirmRoutes(deps))
  router.use(actRoutes(deps))
  return router
}

/** The staff's link to what waits, with how much it is; nothing for everybody else. */
export function moderationStaffMenu(db: Db) {
  return async (req: Request): Promise<MenuLink[]> => {
    if (moderatedForums(req.viewer).length === 0) return []
    const count = await countWaiting(db, judgedForums(req.viewer))
    const reports = await countOpenCases(db, sightOf(req.viewer))
    const open = { text: req.t('reports.staff_menu'), symbol: 'flag', href: '/modcp/reports/', count: reports }
    const room = { text: req.t('moderation.staff_menu'), symbol: 'gavel', href: '/modcp/', count }
    return reports > 0 ? [room, open] : [room]
  }
}
