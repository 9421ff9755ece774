import { Router } from 'express'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import { notify } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { unsubscribeRoutes } from '../../mail/index.ts'
import { findClaim } from '../find-claim.ts'
import { demandStopSecret, denyClaim, stopClaimMail } from '../mail/not-me.ts'
import type { Claim } from '../queries.ts'
import { claimPath } from './claim-page.ts'
import { tidyCookies } from './cookie.ts'

/** What whoever gets a mail about a claim can do against it: `/claim/SECRET/not-me` and `/unsubscribe/claims/SECRET`. */
export function claimMailRoutes({ db }: { readonly db: Db }): Router {
  const router = Router()

  router.post('/claim/:secret/not-me', async (req, res) => {
    const claim = await findClaim(db, req.params.secret).catch(nothingLeft)
    if (claim && claim.mailed_to === null) return res.redirect(303, claimPath(req.params.secret))
    const denied = !claim?.mailed_to || (await denyClaim(db, claim, claim.mailed_to))
    if (!denied) throw new Conflict(msg('claims.denied_late'))
    await tidyCookies(db, req, res)
    notify(req, { kind: 'success', message: msg(saidOf(claim)) })
    res.redirect(303, '/')
  })

  const unsubscribing = {
    title: 'claims.stop_title',
    about: 'claims.stop_about',
    button: 'claims.stop_button',
    done: 'claims.stopped',
    demand: (secret: unknown) => demandStopSecret(db, secret),
    stop: (secret: unknown) => stopClaimMail(db, secret),
  }
  router.use(unsubscribeRoutes('/unsubscribe/claims', unsubscribing))

  return router
}

/** Once the text is gone nobody knows any more where its link was mailed: then only the mail itself stops such mail. */
function saidOf(claim: Pick<Claim, 'kind'> | null): string {
  if (!claim) return 'claims.denied_gone'
  return claim.kind === 'post' ? 'claims.denied_post' : 'claims.denied'
}

function nothingLeft(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}
