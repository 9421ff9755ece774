import { Conflict, msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { forumTree } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { moderatedForums } from '../members/index.ts'
import { topicById } from '../topics/index.ts'
import type { GuestPlace, GuestText } from './guest-text.ts'
import { claimText } from './keep-claim.ts'
import { type Claim, deleteClaims, deleteExpired, openClaimsIn, updateClaimText } from './queries.ts'

/** The place for which it was written; null when its forum is gone. */
export async function placeOf(db: Db, claim: Claim): Promise<GuestPlace | null> {
  const forum = (await forumTree(db)).byId.get(claim.forum_id)
  const topic = claim.topic_id === null ? null : ((await topicById(db, claim.topic_id)) ?? null)
  return forum ? { forum, topic } : null
}

/** Changes what a claim says. Throws Invalid; Conflict when somebody has taken or discarded it meanwhile. */
export async function editClaim(db: Db, claim: Claim, text: GuestText): Promise<void> {
  const place = await placeOf(db, claim)
  if (!place) throw new Conflict(msg('claims.place_gone'))
  const written = await claimText(db, place, text)
  if (!(await updateClaimText(db, claim.id, written))) throw new Conflict(msg('claims.taken'))
}

/** Erases a claim at once, text, address and secrets. Doing it twice is no mistake. */
export async function discardClaim(db: Db, claim: Pick<Claim, 'id'>): Promise<void> {
  await deleteClaims(db, [claim.id])
}

/** Erases what nobody took in time; says how many. */
export async function purgeClaims(db: Db): Promise<number> {
  return deleteExpired(db, Date.now())
}

/** What guests wrote where this viewer moderates and nobody has taken: staff see it, and cannot approve it. */
export async function unclaimedFor(db: Db, viewer: Viewer): Promise<Claim[]> {
  return openClaimsIn(db, moderatedForums(viewer), Date.now())
}
