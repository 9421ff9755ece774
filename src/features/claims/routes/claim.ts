import { type RequestHandler, Router } from 'express'
import { excerpt } from '../../../content/index.ts'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import { notify, page } from '../../../platform/http/index.ts'
import type { Accounts } from '../../accounts/index.ts'
import { discardClaim } from '../change-claim.ts'
import { claimsOfBrowser, findClaim } from '../find-claim.ts'
import { claimPage, claimPath } from './claim-page.ts'
import { secretsOf, tidyCookies } from './cookie.ts'
import { editRoutes } from './edit.ts'
import { claimMailRoutes } from './mail.ts'
import { publishFor, registerAndPublish, signInAndPublish } from './publish.ts'

const excerptLength = 300

/** The pages of claims: `/claim/SECRET` and what its buttons do. Opening one changes nothing and sets no cookie. */
export function claimRoutes(deps: Accounts): Router {
  const { db } = deps
  const router = Router()
  router.use(['/claim', '/claims', '/unsubscribe/claims'], keepNoCopy)

  router.get('/claims', async (req, res) => {
    const title = req.t('claims.list_title')
    const claims = (await claimsOfBrowser(db, secretsOf(req))).map(({ secret, kind, ...claim }) => ({
      path: claimPath(secret),
      title: claim.title,
      excerpt: kind === 'post' ? req.t('claims.post_about') : excerpt(claim.text, excerptLength),
      keptUntil: claim.expires_at,
    }))
    await page(res, 'claims/list', { meta: { title, noindex: true, noStore: true, narrow: true }, title, claims })
  })

  router.get('/claim/:secret', async (req, res) => {
    const { secret } = req.params
    const claim = await findClaim(db, secret)
    if (claim.taken_at === null) return claimPage(db, res, { claim, secret })
    if (claim.taken_by_id !== req.viewer.member?.id) throw new Conflict(msg('claims.taken'))
    res.redirect(303, claim.post_id === null ? '/drafts/' : `/post/${claim.post_id}`)
  })

  router.post('/claim/:secret/publish', async (req, res) => {
    const { secret } = req.params
    if (!req.viewer.member) return res.redirect(303, claimPath(secret))
    await publishFor(deps, req, res, secret)
  })

  router.post('/claim/:secret/register', (req, res) => registerAndPublish(deps, req, res, req.params.secret))

  router.post('/claim/:secret/sign-in', (req, res) => signInAndPublish(deps, req, res, req.params.secret))

  router.post('/claim/:secret/discard', async (req, res) => {
    const claim = await findClaim(db, req.params.secret).catch(nothingLeft)
    if (claim) await discardClaim(db, claim)
    await tidyCookies(db, req, res)
    notify(req, { kind: 'success', message: msg(claim?.kind === 'post' ? 'claims.let_go' : 'claims.discarded') })
    res.redirect(303, '/')
  })

  router.use(editRoutes(deps), claimMailRoutes(deps))
  return router
}

/** Their addresses are secrets, and so is what they show. */
const keepNoCopy: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store')
  next()
}

/** Discarded already: pressing the button twice is no mistake. */
function nothingLeft(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}
