import type { Request } from 'express'
import type { Notice } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { claimsOfBrowser } from '../find-claim.ts'
import { secretsOf } from './cookie.ts'

/** Says on every page that the browser holds texts nobody has published yet; not on the pages where that happens. */
export async function waitingClaims(db: Db, req: Request): Promise<Notice[]> {
  if (req.path.startsWith('/claim')) return []
  const claims = (await claimsOfBrowser(db, secretsOf(req))).filter(claim => claim.kind !== 'post')
  const [only] = claims
  if (!only) return []
  const href = claims.length === 1 ? `/claim/${only.secret}` : '/claims/'
  const text = req.t('claims.waiting', { count: claims.length })
  return [{ kind: 'info', text, link: { href, text: req.t('claims.continue') }, plain: true }]
}
