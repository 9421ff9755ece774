import { type Request, type Response, Router } from 'express'
import { Conflict, Invalid, msg } from '../../../platform/errors.ts'
import { addressOf, cookieOf, notify, page, readForm } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  type Accounts,
  attempt,
  type NewMemberValues,
  register,
  registerForm,
  type SignInOrigin,
  type SignInValues,
  signIn,
  signInForm,
  startMemberSession,
} from '../../accounts/index.ts'
import type { Viewer } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { discardClaim } from '../change-claim.ts'
import { claimsOfBrowser, findClaim } from '../find-claim.ts'
import { publishClaim } from '../publish-claim.ts'
import { claimPage } from './claim-page.ts'
import { keepSecrets, secretsOf } from './cookie.ts'
import { editRoutes } from './edit.ts'

/** The pages of claims: `/claim/SECRET` and what its buttons do. Opening one changes nothing and sets no cookie. */
export function claimRoutes(deps: Accounts): Router {
  const { db } = deps
  const router = Router()

  router.get('/claims/', async (req, res) => {
    const title = req.t('claims.list_title')
    const claims = await claimsOfBrowser(db, secretsOf(req))
    await page(res, 'claims/list', { meta: { title, noindex: true, noStore: true, narrow: true }, title, claims })
  })

  router.get('/claim/:secret', async (req, res) => {
    const claim = await findClaim(db, req.params.secret)
    if (claim.taken_at !== null) return afterwards(deps, req, res, claim)
    await claimPage(db, res, { claim, secret: req.params.secret })
  })

  router.post('/claim/:secret/publish', async (req, res) => {
    await publish(deps, req, res, req.params.secret, req.viewer)
  })

  router.post('/claim/:secret/register', async (req, res) => {
    const { secret } = req.params
    const claim = await findClaim(db, secret)
    const form = readForm<NewMemberValues>(registerForm, req.body)
    if (claim.taken_at !== null) return pressedAgain(deps, req, res, secret, form.values)
    const { done: memberId, form: faulty } = await attempt(res, form, values => register(deps, values, originOf(req)))
    if (faulty) {
      // The same button pressed twice at once: the first of the two has made the account meanwhile.
      const now = await findClaim(db, secret)
      if (now.taken_at !== null) return pressedAgain(deps, req, res, secret, form.values)
      return claimPage(db, res, { claim, secret }, { register: faulty })
    }
    await enter(deps, req, res, secret, memberId)
  })

  router.post('/claim/:secret/sign-in', async (req, res) => {
    const { secret } = req.params
    const claim = await findClaim(db, secret)
    const form = readForm<SignInValues & { remember: boolean }>(signInForm, req.body)
    const { done: memberId, form: faulty } = await attempt(res, form, values => signIn(deps, values, originOf(req)))
    if (faulty) return claimPage(db, res, { claim, secret }, { signIn: faulty })
    await enter(deps, req, res, secret, memberId, form.values?.remember)
  })

  router.post('/claim/:secret/discard', async (req, res) => {
    const claim = await findClaim(db, req.params.secret).catch(() => null)
    if (claim) await discardClaim(db, claim)
    await tidyCookie(db, req, res)
    notify(req, { kind: 'success', message: msg('claims.discarded') })
    res.redirect(303, '/')
  })

  router.use(editRoutes(deps))
  return router
}

function originOf(req: Request): SignInOrigin {
  return { address: addressOf(req), knownBrowser: cookieOf(req, 'stoa_known') }
}

async function enter(
  deps: Accounts,
  req: Request,
  res: Response,
  secret: string,
  memberId: number,
  remember = false,
): Promise<void> {
  const viewer = await startMemberSession(deps.db, req, res, memberId, { remember })
  await publish(deps, req, res, secret, viewer)
}

async function publish(deps: Accounts, req: Request, res: Response, secret: string, viewer: Viewer): Promise<void> {
  const { db } = deps
  const outcome = await publishClaim(db, viewer, await findClaim(db, secret), secretsOf(req))
  await tidyCookie(db, req, res)
  if (outcome.post) return res.redirect(303, `/post/${outcome.post.id}`)
  notify(req, { kind: 'warning', message: outcome.reason })
  notify(req, { kind: 'info', message: msg('claims.is_draft') })
  res.redirect(303, '/drafts/')
}

/** Register pressed twice: whoever knows the password of the account that took the claim meant just that. */
async function pressedAgain(
  deps: Accounts,
  req: Request,
  res: Response,
  secret: string,
  values: { email: string; password: string } | undefined,
): Promise<void> {
  if (!values) throw new Conflict(msg('claims.taken'))
  const login = { login: values.email, password: values.password }
  const memberId = await signIn(deps, login, originOf(req)).catch(refused => {
    throw refused instanceof Invalid ? new Conflict(msg('claims.taken')) : refused
  })
  await enter(deps, req, res, secret, memberId)
}

/** The address of a claim that was taken: its owner is led to what became of it. */
async function afterwards(
  { db }: Accounts,
  req: Request,
  res: Response,
  claim: Awaited<ReturnType<typeof findClaim>>,
): Promise<void> {
  if (!req.viewer.member || claim.taken_by_id !== req.viewer.member.id) throw new Conflict(msg('claims.taken'))
  const outcome = await publishClaim(db, req.viewer, claim, [])
  res.redirect(303, outcome.post ? `/post/${outcome.post.id}` : '/drafts/')
}

async function tidyCookie(db: Db, req: Request, res: Response): Promise<void> {
  const open = await claimsOfBrowser(db, secretsOf(req))
  const { claim_days } = await settings(db)
  keepSecrets(
    req,
    res,
    open.map(claim => claim.secret),
    claim_days,
  )
}
