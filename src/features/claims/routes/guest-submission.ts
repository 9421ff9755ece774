import type { Request, Response } from 'express'
import { msg } from '../../../platform/errors.ts'
import { addressOf, notify, readingOf, tellSent } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { GuestSubmission } from '../../posts/index.ts'
import { countingLimits, judgeForm, noteStops, type Suspicion } from '../../spam/index.ts'
import { topicPath } from '../../topics/index.ts'
import type { GuestBrowser } from '../guest-text.ts'
import { keepClaim } from '../keep-claim.ts'
import { seenPost } from '../post-of-claim.ts'
import { publishAsGuest } from '../publish-as-guest.ts'
import { holdClaim, secretsOf } from './cookie.ts'

/**
 * Takes what a guest sends from a reply box or a new topic's form: keeps it as a claim, or publishes it under a name
 * where the forum asks for one. Answers with a redirect. Throws Invalid, TooMany, or a refusal about the place.
 */
export async function takeGuestText(db: Db, req: Request, res: Response, sent: GuestSubmission): Promise<void> {
  const take = sent.way === 'claim' ? keep : publish
  return countingLimits(db, () => take(db, req, res, sent))
}

async function keep(
  db: Db,
  req: Request,
  res: Response,
  { forum, topic, values, typed }: GuestSubmission,
): Promise<void> {
  const suspicions = await judgeForm(db, { kind: 'claim', fields: typed, address: addressOf(req) })
  const { claim, secret } = await keepClaim(db, browserOf(req, typed, suspicions), { forum, topic }, values)
  await noteStops(db, suspicions)
  await holdClaim(db, req, res, { secret, expires_at: claim.expires_at })
  tellSent(res, topic ? `topic:${topic.id}` : `forum:${forum.id}`)
  res.redirect(303, `/claim/${secret}`)
}

async function publish(db: Db, req: Request, res: Response, sent: GuestSubmission): Promise<void> {
  const { forum, topic, values, typed } = sent
  const named = { ...values, name: String(typed.guest_name ?? '') }
  const form = { kind: 'guest_post' as const, fields: typed, address: addressOf(req), name: named.name }
  const suspicions = await judgeForm(db, form)
  const browser = browserOf(req, typed, suspicions)
  const { post, held } = await publishAsGuest(db, req.viewer, browser, { forum, topic }, named)
  await noteStops(db, suspicions)
  if (held) await holdClaim(db, req, res, { secret: held.secret, expires_at: held.claim.expires_at })
  tellSent(res, topic ? `topic:${topic.id}` : `forum:${forum.id}`)
  const seen = await seenPost(db, req.viewer, post.id)
  notify(req, { kind: seen ? 'success' : 'info', message: msg(seen ? 'claims.named_done' : 'claims.named_waits') })
  const waiting = held ? `/claim/${held.secret}` : topic ? topicPath(topic) : forum.path
  res.redirect(303, seen ? `/post/${post.id}` : waiting)
}

function browserOf(req: Request, { email }: GuestSubmission['typed'], [suspicion]: readonly Suspicion[]): GuestBrowser {
  return {
    secrets: secretsOf(req),
    address: addressOf(req),
    suspect: suspicion?.reason ?? null,
    email: typeof email === 'string' ? email : '',
    locale: readingOf(req).locale,
  }
}
