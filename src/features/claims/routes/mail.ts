import { type Request, type Response, Router } from 'express'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import { notify, page } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { findClaim } from '../find-claim.ts'
import { demandStopSecret, denyClaim, stopClaimMail } from '../mail/not-me.ts'
import { claimPath } from './claim-page.ts'
import { tidyCookie } from './cookie.ts'

/** What whoever gets a mail about a claim can do against it: `/claim/SECRET/not-me` and `/unsubscribe/claims/SECRET`. */
export function claimMailRoutes({ db }: { readonly db: Db }): Router {
  const router = Router()

  router.post('/claim/:secret/not-me', async (req, res) => {
    const claim = await findClaim(db, req.params.secret).catch(nothingLeft)
    if (claim && claim.mailed_to === null) return res.redirect(303, claimPath(req.params.secret))
    const denied = !claim?.mailed_to || (await denyClaim(db, claim, claim.mailed_to))
    if (!denied) throw new Conflict(msg('claims.denied_late'))
    await tidyCookie(db, req, res)
    notify(req, { kind: 'success', message: msg(claim?.kind === 'post' ? 'claims.denied_post' : 'claims.denied') })
    res.redirect(303, '/')
  })

  router.get('/unsubscribe/claims/:secret', async (req, res) => {
    await demandStopSecret(db, req.params.secret)
    await stopPage(req, res, false)
  })

  router.post('/unsubscribe/claims/:secret', async (req, res) => {
    await stopClaimMail(db, req.params.secret)
    await stopPage(req, res, true)
  })

  return router
}

async function stopPage(req: Request, res: Response, done: boolean): Promise<void> {
  const title = req.t('claims.stop_title')
  await page(res, 'claims/stop', {
    meta: { title, noindex: true, noStore: true, narrow: true },
    title,
    done,
    action: req.path,
  })
}

function nothingLeft(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}
