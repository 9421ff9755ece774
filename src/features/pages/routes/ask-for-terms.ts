import type { Request, RequestHandler } from 'express'
import type { Db } from '../../../platform/store/index.ts'
import { mustAccept, termsNow } from '../terms/terms.ts'

/**
 * What somebody may see who has not accepted: the texts and those who wrote them, the own account with what leads out of
 * it, and pages whose address is a secret, which must not become a parameter.
 */
const free =
  /^\/(terms|privacy|guidelines|contact|account|login|logout|claim|setup|verify|reset|email-change|email-back|unsubscribe)(\/|$)/i

/**
 * Leads members to the terms when a version asks for it that they have not accepted, from wherever they go. What they
 * send goes through, so that nothing typed is lost. Stands after the sessions.
 */
export function askForTerms({ db }: { db: Db }): RequestHandler {
  return async (req, res, next) => {
    const { member, onlooker } = req.viewer
    if (!member || onlooker !== undefined || !isPage(req) || !mustAccept(member.termsVersion, await termsNow(db)))
      return next()
    res.redirect(303, `/terms/accept/?return=${encodeURIComponent(req.originalUrl)}`)
  }
}

/** Somebody goes to a page; it is not a picture or a script that asks. */
function isPage(req: Request): boolean {
  if (req.method !== 'GET' || free.test(req.path)) return false
  const { 'sec-fetch-dest': destination } = req.headers
  return destination === undefined || destination === 'document'
}
