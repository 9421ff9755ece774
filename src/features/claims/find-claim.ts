import { Conflict, msg, NotFound } from '../../platform/errors.ts'
import { hashSecret, isSecret } from '../../platform/secret.ts'
import type { Db } from '../../platform/store/index.ts'
import { claimByHash, type HeldClaim, type OpenedByHash, openClaimsOf } from './queries.ts'

/** What this secret opens, one that was taken included. Throws NotFound for what never was, was discarded or expired. */
export async function findClaim(db: Db, secret: unknown): Promise<OpenedByHash> {
  const claim = isSecret(secret) ? await claimByHash(db, hashSecret(secret), Date.now()) : undefined
  if (!claim) throw new NotFound(msg('claims.none'))
  return claim
}

/** What this secret opens and nobody has taken. Throws NotFound, or Conflict when somebody has. */
export async function findOpenClaim(db: Db, secret: unknown): Promise<OpenedByHash> {
  const claim = await findClaim(db, secret)
  if (claim.taken_at !== null) throw new Conflict(msg('claims.taken'))
  return claim
}

export interface HeldByBrowser extends HeldClaim {
  readonly secret: string
}

/** The open claims of a browser, by the secrets in its cookie. */
export async function claimsOfBrowser(db: Db, secrets: readonly string[]): Promise<HeldByBrowser[]> {
  if (secrets.length === 0) return []
  const byHash = new Map(secrets.map(secret => [hashSecret(secret), secret]))
  const claims = await openClaimsOf(db, [...byHash.keys()], Date.now())
  return claims.map(claim => ({ ...claim, secret: byHash.get(claim.hash) as string }))
}
