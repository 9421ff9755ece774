import type { Request, Response } from 'express'
import { msg } from '../../../platform/errors.ts'
import { addressOf, notify } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { GuestSubmission } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import { keepClaim } from '../keep-claim.ts'
import { publishAsGuest } from '../publish-as-guest.ts'
import { holdSecret, secretsOf } from './cookie.ts'

/**
 * Takes what a guest sends from a reply box or a new topic's form: keeps it as a claim, or publishes it under a name
 * where the forum asks for one. Answers with a redirect. Throws Invalid, TooMany, or a refusal about the place.
 */
export async function takeGuestText(db: Db, req: Request, res: Response, sent: GuestSubmission): Promise<void> {
  const { claim_days } = await settings(db)
  const { forum, topic, values, typed, way } = sent
  if (way === 'claim') {
    const browser = { secrets: secretsOf(req), address: addressOf(req) }
    const { secret } = await keepClaim(db, browser, { forum, topic }, values)
    holdSecret(req, res, secret, claim_days)
    return res.redirect(303, `/claim/${secret}`)
  }
  const named = { ...values, name: String(typed.guest_name ?? '') }
  const { post, secret } = await publishAsGuest(db, req.viewer, secretsOf(req), { forum, topic }, named)
  holdSecret(req, res, secret, claim_days)
  const waits = post.pending_at !== null || post.position === null
  notify(req, { kind: waits ? 'info' : 'success', message: msg(waits ? 'claims.named_waits' : 'claims.named_done') })
  res.redirect(303, waits ? `/claim/${secret}` : `/post/${post.id}`)
}
