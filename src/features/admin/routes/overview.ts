import { type Request, Router } from 'express'
import { moderationStaffMenu } from '../../moderation/index.ts'
import { waitingMenu } from '../../spam/index.ts'
import { overviewPage } from '../overview/overview-page.ts'
import { type AdminDeps, adminPage } from './page.ts'
import { proxyAdvice } from './proxy-advice.ts'

export function overviewRoutes({ db, baseUrl, files, isCurrent }: AdminDeps): Router {
  const router = Router()
  router.get('/', async (req, res) => {
    const around = { filesFolder: files.folder, isCurrent: await isCurrent(), ...(await waiting(req)) }
    await adminPage(req, res, 'overview', {
      room: 'overview',
      title: 'admin.overview',
      advice: await proxyAdvice(req, db, baseUrl),
      ...(await overviewPage(db, around)),
    })
  })

  // Moderators announce too, so it is in their room.
  router.get('/announcements', (_req, res) => res.redirect(302, '/modcp/announcements/'))

  const waiting = async (req: Request) => {
    const [moderation, accounts] = [await moderationStaffMenu(db)(req), await waitingMenu(db)(req)]
    return { queue: moderation[0]?.count ?? 0, accounts: accounts[0]?.count ?? 0 }
  }
  return router
}
