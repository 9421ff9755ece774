import type { Response } from 'express'
import { emptyForm, type FormView, page } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { registrationTexts } from '../../pages/index.ts'
import { embedsFor } from '../../posts/index.ts'
import { canSendMail, settings } from '../../settings/index.ts'
import { guardOf, wayIn } from '../../spam/index.ts'
import { seenPlace, seenPost } from '../post-of-claim.ts'
import type { OpenedByHash } from '../queries.ts'
import { secretsOf } from './cookie.ts'

/** A claim, and the secret in the address that opened it. */
export interface OpenedClaim {
  readonly claim: OpenedByHash
  readonly secret: string
}

export interface ClaimForms {
  readonly register?: FormView
  readonly signIn?: FormView
}

/** The page of a claim: the saved text, and the ways to publish it. */
export async function claimPage(db: Db, res: Response, { claim, secret }: OpenedClaim, forms: ClaimForms = {}) {
  const { req } = res
  const rules = await settings(db)
  const { may, invitation, why } = await wayIn(db, req)
  const title = req.t(claim.kind === 'post' ? 'claims.title_post' : 'claims.title')
  const post = claim.post_id === null ? null : await seenPost(db, req.viewer, claim.post_id)
  await page(res, 'claims/claim', {
    meta: { title, noindex: true, noStore: true },
    title,
    claim,
    pieces: (await embedsFor(db, req, [post?.html ?? claim.html])).get(0),
    path: claimPath(secret),
    held: secretsOf(req).includes(secret),
    where: await seenPlace(db, req.viewer, claim),
    post,
    viewer: req.viewer,
    mayFollow: canSendMail(rules),
    mayRegister: may,
    invitation,
    closed: rules.registration === 'closed' ? 'claims.registration_closed' : why,
    guard: may ? await guardOf(db, 'register', forms.register?.typed) : null,
    leastPassword: rules.password_min_length,
    texts: await registrationTexts(db),
    registerForm: forms.register ?? emptyForm(claim.email ? { email: claim.email } : {}),
    signInForm: forms.signIn ?? emptyForm(claim.email ? { login: claim.email } : {}),
  })
}

/** Whoever has this address can read, change and take the claim. */
export function claimPath(secret: string): string {
  return `/claim/${secret}`
}
