import type { Request, Response } from 'express'
import { Conflict, Invalid, msg, Refusal, TooMany } from '../../../platform/errors.ts'
import { emptyForm, notify, readForm } from '../../../platform/http/index.ts'
import {
  type Accounts,
  attempt,
  type NewMemberValues,
  registeredBefore,
  registerForm,
  registerOnce,
  type SignInValues,
  signIn,
  signInForm,
  signInOriginOf,
  startMemberSession,
} from '../../accounts/index.ts'
import { followTopic } from '../../follows/index.ts'
import type { Viewer } from '../../members/index.ts'
import { withTerms } from '../../pages/index.ts'
import { invitationOf, letGoOfInvitation } from '../../spam/index.ts'
import { findClaim, findOpenClaim } from '../find-claim.ts'
import { ProveFirst, publishClaim } from '../publish-claim.ts'
import { type ClaimForms, claimPage, claimPath } from './claim-page.ts'
import { secretsOf, tidyCookies } from './cookie.ts'

/** "Publish as NAME": publishes for whoever asks, and leads to what became of it. */
export async function publishFor(deps: Accounts, req: Request, res: Response, secret: string, viewer = req.viewer) {
  const { db } = deps
  const claim = await findClaim(db, secret)
  const outcome = await publishClaim(db, viewer, claim, secretsOf(req)).catch(unlessItWaits)
  if (outcome instanceof Refusal) return waitWith(req, res, secret, outcome)
  const { post, reason } = outcome
  await tidyCookies(db, req, res)
  if (post && req.body?.mail_replies === '1') await followIfSeen(db, viewer, post.topic_id)
  if (post) return res.redirect(303, `/post/${post.id}`)
  notify(req, { kind: 'warning', message: reason })
  if (reason.key !== 'claims.is_draft') notify(req, { kind: 'info', message: msg('claims.is_draft') })
  res.redirect(303, '/drafts/')
}

/** What waits for approval with its whole topic is followed by its author as well; what is out of reach by nobody. */
async function followIfSeen(db: Accounts['db'], viewer: Viewer, topicId: number): Promise<void> {
  await followTopic(db, viewer, topicId).catch(refused => {
    if (!(refused instanceof Refusal)) throw refused
  })
}

function unlessItWaits(error: unknown): Refusal {
  if (error instanceof TooMany || error instanceof ProveFirst || error instanceof Invalid) return error
  throw error
}

/** The text stays where it is, with the same button. */
function waitWith(req: Request, res: Response, secret: string, { reason }: Refusal): void {
  if (reason) notify(req, { kind: 'warning', message: reason })
  res.redirect(303, claimPath(secret))
}

/** "Register and publish". */
export async function registerAndPublish(deps: Accounts, req: Request, res: Response, secret: string): Promise<void> {
  const claim = await findClaim(deps.db, secret)
  if (req.viewer.member) return afterSigningIn(deps, req, res, secret, claim.taken_at !== null)
  const sent = await withTerms(deps.db, req, readForm<NewMemberValues>(registerForm, req.body))
  if (claim.taken_at !== null) {
    const owner = sent.values ? await registeredBefore(deps, sent.values, signInOriginOf(req)) : null
    if (owner === null) throw new Conflict(msg('claims.taken'))
    return enter(deps, req, res, secret, owner)
  }
  const { done, form } = await attempt(res, sent, values =>
    registerOnce(deps, values, {
      ...signInOriginOf(req),
      fields: req.body,
      invitation: invitationOf(req),
      provenEmail: claim.mailed_to,
    }),
  )
  if (!form) {
    letGoOfInvitation(req, res)
    return enter(deps, req, res, secret, done)
  }
  await showAgain(deps, res, secret, { register: form, signIn: emptyForm({ login: String(sent.typed.email ?? '') }) })
}

/** "Sign in and publish". */
export async function signInAndPublish(deps: Accounts, req: Request, res: Response, secret: string): Promise<void> {
  await findClaim(deps.db, secret)
  const sent = readForm<SignInValues & { remember: boolean }>(signInForm, req.body)
  const { done, form } = await attempt(res, sent, values => signIn(deps, values, signInOriginOf(req)))
  if (!form) return enter(deps, req, res, secret, done, sent.values?.remember)
  const login = String(sent.typed.login ?? '')
  await showAgain(deps, res, secret, { signIn: form, register: emptyForm(login.includes('@') ? { email: login } : {}) })
}

async function enter(
  deps: Accounts,
  req: Request,
  res: Response,
  secret: string,
  memberId: number,
  remember = false,
): Promise<void> {
  const viewer: Viewer = await startMemberSession(deps.db, req, res, memberId, { remember })
  await publishFor(deps, req, res, secret, viewer)
}

/** Whoever opened the page as a guest and is signed in by now has a button of their own, unless all is done already. */
async function afterSigningIn(deps: Accounts, req: Request, res: Response, secret: string, isTaken: boolean) {
  if (isTaken) return publishFor(deps, req, res, secret)
  res.redirect(303, claimPath(secret))
}

/** What was typed in one form fills the other in as far as it can. Throws Conflict when somebody has taken it by now. */
async function showAgain({ db }: Accounts, res: Response, secret: string, forms: ClaimForms): Promise<void> {
  await claimPage(db, res, { claim: await findOpenClaim(db, secret), secret }, forms)
}
