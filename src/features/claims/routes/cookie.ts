import type { Request, Response } from 'express'
import { cookieOf, dropCookie, putCookie } from '../../../platform/http/index.ts'
import { isSecret } from '../../../platform/secret.ts'
import type { Db } from '../../../platform/store/index.ts'
import { claimsOfBrowser } from '../find-claim.ts'

/** A browser holds so many claims; an older one is still opened by its address. */
const mostHeld = 20

interface Held {
  readonly secret: string
  readonly expires_at: number
}

/** The secrets that this browser holds, oldest first. */
export function secretsOf(req: Request): string[] {
  return (cookieOf(req, 'stoa_claims') ?? '').split('.').filter(isSecret).slice(-mostHeld)
}

/** Gives the browser one more to hold. */
export async function holdClaim(db: Db, req: Request, res: Response, claim: Held): Promise<void> {
  const others = (await claimsOfBrowser(db, secretsOf(req))).filter(({ secret }) => secret !== claim.secret)
  putHeld(res, [...others, claim])
}

/** Takes from the browser what opens nothing any more. */
export async function tidyCookie(db: Db, req: Request, res: Response): Promise<void> {
  const secrets = secretsOf(req)
  const open = await claimsOfBrowser(db, secrets)
  if (open.length < secrets.length) putHeld(res, open)
}

/** The cookie lasts as long as the last of its claims. */
function putHeld(res: Response, claims: readonly Held[]): void {
  const held = claims.slice(-mostHeld)
  if (held.length === 0) {
    dropCookie(res, 'stoa_claims')
    return
  }
  const until = Math.max(...held.map(claim => claim.expires_at))
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000))
  putCookie(res, 'stoa_claims', held.map(({ secret }) => secret).join('.'), { seconds })
}
