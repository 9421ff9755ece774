import { type Request, Router } from 'express'
import { msg, SignInNeeded } from '../../../platform/errors.ts'
import { notify, page, pageNumber } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { unsubscribeRoutes } from '../../mail/index.ts'
import type { ViewerMember } from '../../members/index.ts'
import { chooseAlerts } from '../alerts.ts'
import { chooseReportMail, demandStopSecret, ownReportsPage } from '../own-reports.ts'
import { alertStops } from '../queries/own.ts'
import { reasonText } from '../reasons.ts'
import { ownReportsPath } from '../settle-case.ts'

/** What a member reported, what came of it, and whether they are mailed about it. */
export function ownReportsRoutes({ db }: { readonly db: Db }): Router {
  const router = Router()

  router.get('/account/reports', async (req, res) => {
    const shown = await ownReportsPage(db, req.viewer, demandMember(req), pageNumber(req))
    if (shown.page > shown.pages) return res.redirect(302, `${ownReportsPath}?page=${shown.pages}`)
    const title = req.t('reports.own_title')
    const breadcrumb = [{ href: '/account/', text: req.t('accounts.account') }]
    await page(res, 'reports/own', {
      meta: { title, noindex: true, narrow: true, breadcrumb },
      title,
      shown,
      path: ownReportsPath,
      reasonOf: (reason: string) => reasonText(req.t, reason),
    })
  })

  router.post('/account/reports', async (req, res) => {
    await chooseReportMail(db, demandMember(req).id, req.body.mails !== undefined)
    notify(req, { kind: 'success', message: msg('reports.mail_chosen') })
    res.redirect(303, ownReportsPath)
  })

  const stopping = {
    title: 'reports.stop_title',
    about: 'reports.stop_about',
    button: 'reports.stop',
    done: 'reports.stopped',
    demand: (secret: unknown) => demandStopSecret(db, secret),
    stop: async (secret: unknown) => chooseReportMail(db, await demandStopSecret(db, secret), false),
  }
  const quieting = {
    title: 'reports.quiet_title',
    about: 'reports.quiet_about',
    button: 'reports.quiet',
    done: 'reports.quieted',
    demand: (secret: unknown) => demandStopSecret(db, secret, alertStops),
    stop: async (secret: unknown) => chooseAlerts(db, await demandStopSecret(db, secret, alertStops), false),
  }
  return router.use(
    unsubscribeRoutes('/unsubscribe/reports', stopping),
    unsubscribeRoutes('/unsubscribe/alerts', quieting),
  )
}

function demandMember({ viewer }: Request): ViewerMember {
  if (!viewer.member) throw new SignInNeeded()
  return viewer.member
}
