import { type Request, Router } from 'express'
import type { MenuLink } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { moderatedForums } from '../../members/index.ts'
import { judgedForums } from '../pages/queue-page.ts'
import { countWaiting } from '../queries/queue.ts'
import { type ActsDeps, actRoutes } from './acts.ts'
import { pageRoutes } from './pages.ts'

/** The moderators' pages, and what every act and its Undo are sent to. */
export function moderationRouter(deps: ActsDeps): Router {
  const router = Router()
  router.use(pageRoutes(deps))
  router.use(actRoutes(deps))
  return router
}

/** The staff's link to what waits, with how much it is; nothing for everybody else. */
export function moderationStaffMenu(db: Db) {
  return async (req: Request): Promise<MenuLink[]> => {
    if (moderatedForums(req.viewer).length === 0) return []
    const count = await countWaiting(db, judgedForums(req.viewer))
    return [{ text: req.t('moderation.staff_menu'), symbol: 'gavel', href: '/modcp/', count }]
  }
}
