import type { Request } from 'express'
import type { Notice } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { claimsOfBrowser, type HeldByBrowser } from '../find-claim.ts'
import { secretsOf } from './cookie.ts'

/**
 * Says on every page that the browser holds texts nobody has published yet, and to members that it published some
 * without an account. Not where just these are to be seen.
 */
export async function waitingClaims(db: Db, req: Request): Promise<Notice[]> {
  const held = await claimsOfBrowser(db, secretsOf(req))
  const [posts, texts] = [held.filter(isPost), held.filter(claim => !isPost(claim))]
  return [
    ...noticeOf(req, texts, 'claims.waiting', 'claims.continue'),
    ...(req.viewer.member ? noticeOf(req, posts, 'claims.waiting_posts', 'claims.take_over') : []),
  ]
}

function isPost({ kind }: HeldByBrowser): boolean {
  return kind === 'post'
}

function noticeOf(req: Request, claims: readonly HeldByBrowser[], phrase: string, link: string): Notice[] {
  const [only] = claims
  if (!only || req.path.startsWith('/claims')) return []
  const href = claims.length === 1 ? `/claim/${only.secret}` : '/claims/'
  if (req.path.startsWith(href)) return []
  const text = req.t(phrase, { count: claims.length })
  return [{ kind: 'info', text, link: { href, text: req.t(link) }, plain: true }]
}
