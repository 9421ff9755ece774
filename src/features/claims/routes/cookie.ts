import type { Request, Response } from 'express'
import { cookieOf, dropCookie, putCookie } from '../../../platform/http/index.ts'
import { isSecret } from '../../../platform/secret.ts'

/** A browser holds so many claims; an older one is still opened by its address. */
const mostHeld = 20

/** The secrets that this browser holds, oldest first. */
export function secretsOf(req: Request): string[] {
  return (cookieOf(req, 'stoa_claims') ?? '').split('.').filter(isSecret).slice(-mostHeld)
}

/** Gives the browser one more to hold, for as long as claims are kept. */
export function holdSecret(req: Request, res: Response, secret: string, days: number): void {
  const held = [...secretsOf(req).filter(one => one !== secret), secret].slice(-mostHeld)
  putCookie(res, 'stoa_claims', held.join('.'), { seconds: days * 24 * 60 * 60 })
}

/** Takes from the browser what opens nothing any more; what it still holds lasts as long as before, at most. */
export function keepSecrets(req: Request, res: Response, open: readonly string[], days: number): void {
  const held = secretsOf(req)
  const kept = held.filter(secret => open.includes(secret))
  if (kept.length === held.length) return
  if (kept.length === 0) dropCookie(res, 'stoa_claims')
  else putCookie(res, 'stoa_claims', kept.join('.'), { seconds: days * 24 * 60 * 60 })
}
