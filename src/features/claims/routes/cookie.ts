import type { Request, Response } from 'express'
import { type CookieName, cookiesNamed, dropCookie, putCookie } from '../../../platform/http/index.ts'
import { hashSecret, isSecret } from '../../../platform/secret.ts'
import type { Db } from '../../../platform/store/index.ts'
import { claimsOfBrowser } from '../find-claim.ts'

/** A browser holds so many claims; an older one is still opened by its address. */
const mostHeld = 20

/** Cookies beyond those are not even looked at: what a browser may hold, and what several answers at once may add. */
const mostRead = 3 * mostHeld

interface Held {
  readonly secret: string
  readonly expires_at: number
}

/** The secrets that this browser holds, oldest first. */
export function secretsOf(req: Request): string[] {
  return heldBy(req).slice(-mostHeld)
}

function heldBy(req: Request): string[] {
  const values = cookiesNamed(req, 'stoa_claims').map(({ value }) => value)
  return values.filter(isSecret).slice(-mostRead)
}

/** Gives the browser one more to hold. Each has a cookie of its own, so that answers at once lose nothing of each other. */
export async function holdClaim(db: Db, req: Request, res: Response, claim: Held): Promise<void> {
  const others = (await openOf(db, req)).filter(secret => secret !== claim.secret)
  dropAllBut(req, res, [...others.slice(1 - mostHeld), claim.secret])
  const seconds = Math.max(1, Math.ceil((claim.expires_at - Date.now()) / 1000))
  putCookie(res, nameOf(claim.secret), claim.secret, { seconds })
}

/** Takes from the browser what opens nothing any more. */
export async function tidyCookies(db: Db, req: Request, res: Response): Promise<void> {
  dropAllBut(req, res, await openOf(db, req))
}

async function openOf(db: Db, req: Request): Promise<string[]> {
  return (await claimsOfBrowser(db, heldBy(req))).map(({ secret }) => secret)
}

function dropAllBut(req: Request, res: Response, kept: readonly string[]): void {
  for (const { name, value } of cookiesNamed(req, 'stoa_claims')) if (!kept.includes(value)) dropCookie(res, name)
}

/** The same for the same secret, and nothing that opens anything. */
function nameOf(secret: string): CookieName {
  return `stoa_claims.${hashSecret(secret).slice(0, 16)}`
}
