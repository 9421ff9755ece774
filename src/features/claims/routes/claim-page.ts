import type { Request, Response } from 'express'
import { emptyForm, type FormView, page } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { findPost } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import { topicPath } from '../../topics/index.ts'
import { placeOf } from '../change-claim.ts'
import type { Claim } from '../queries.ts'
import { secretsOf } from './cookie.ts'

export interface ClaimForms {
  readonly register?: FormView
  readonly signIn?: FormView
}

/** The page of a claim: the saved text, and the ways to publish it. */
export async function claimPage(
  db: Db,
  res: Response,
  opened: { claim: Claim; secret: string },
  forms: ClaimForms = {},
) {
  const { req } = res
  const { claim, secret } = opened
  const place = await placeOf(db, claim)
  const title = req.t(claim.kind === 'post' ? 'claims.title_post' : 'claims.title')
  await page(res, 'claims/claim', {
    meta: { title, noindex: true, noStore: true },
    title,
    claim,
    path: `/claim/${secret}`,
    held: secretsOf(req).includes(secret),
    where: placeLink(place),
    post: claim.kind === 'post' ? await ownPost(db, req, claim) : null,
    viewer: req.viewer,
    mayRegister: (await settings(db)).registration_open,
    registerForm: forms.register ?? emptyForm(),
    signInForm: forms.signIn ?? emptyForm(),
  })
}

function placeLink(place: Awaited<ReturnType<typeof placeOf>>): { href: string; text: string } | null {
  if (!place) return null
  const { forum, topic } = place
  return topic ? { href: topicPath(topic), text: topic.title } : { href: forum.path, text: forum.name }
}

/** What was published under a guest's name, when it can be seen already. */
async function ownPost(db: Db, req: Request, claim: Claim): Promise<{ id: number; html: string } | null> {
  if (claim.post_id === null) return null
  const found = await findPost(db, req.viewer, claim.post_id).catch(() => null)
  return found ? { id: found.post.id, html: found.post.html } : null
}
