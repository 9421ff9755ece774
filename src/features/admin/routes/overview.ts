import { Router } from 'express'
import { canSendMail, settings } from '../../settings/index.ts'
import { totals } from '../queries.ts'
import { type AdminDeps, adminPage } from './page.ts'
import { proxyAdvice } from './proxy-advice.ts'

export function overviewRoutes({ db, baseUrl }: AdminDeps): Router {
  const router = Router()
  router.get('/', async (req, res) => {
    const advice = await proxyAdvice(req, db, baseUrl)
    await adminPage(req, res, 'overview', {
      room: 'overview',
      title: 'admin.overview',
      advice,
      sendsMail: canSendMail(await settings(db)),
      totals: await totals(db, Date.now()),
    })
  })
  return router
}
