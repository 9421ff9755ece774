import { Conflict, msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { moderatedForums, type Viewer } from '../members/index.ts'
import type { GuestText } from './guest-text.ts'
import { claimText } from './keep-claim.ts'
import { type Claim, claimById, deleteClaims, deleteExpired, openClaimsIn, updateClaimText } from './queries.ts'

/** Changes what a claim says. Throws Invalid; Conflict when somebody has taken or discarded it meanwhile. */
export async function editClaim(db: Db, claim: Claim, text: GuestText): Promise<void> {
  const written = await claimText(db, claim, text)
  if (!(await updateClaimText(db, claim.id, written))) throw new Conflict(msg('claims.taken'))
}

/** Erases a claim at once, text, address and secrets. Twice is no mistake. Throws Conflict when somebody has taken it. */
export async function discardClaim(db: Db, claim: Pick<Claim, 'id'>): Promise<void> {
  await deleteClaims(db, [claim.id])
  if (await claimById(db, claim.id)) throw new Conflict(msg('claims.taken'))
}

/** Erases what nobody took in time; says how many. */
export async function purgeClaims(db: Db): Promise<number> {
  return deleteExpired(db, Date.now())
}

/** What guests wrote where this viewer moderates and nobody has taken: staff see it, and cannot approve it. */
export async function unclaimedFor(db: Db, viewer: Viewer): Promise<Claim[]> {
  return openClaimsIn(db, moderatedForums(viewer), Date.now())
}
