import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import type { Db, Tx } from '../../../platform/store/index.ts'
import { reopenAccount, shutAccount } from '../../accounts/index.ts'
import { addToPostCounts, lockMember, type Member, updateMember } from '../../members/index.ts'
import { mark } from '../../sanctions/index.ts'
import { renameMemberSoon } from '../names/rename.ts'
import {
  countOf,
  countPublicPosts,
  followOpenings,
  forgetMerged,
  lockTopicsOf,
  moveRows,
  moveRowsBack,
} from '../queries/merging.ts'
import { moves } from './moves.ts'

/** An account that was merged into another one is deleted after so many days. */
export const mergedDays = 30

/** How much of a member would go to another one, by what it is; nothing that there is none of. */
export async function whatMoves(db: Db, memberId: number): Promise<{ readonly told: string; readonly n: number }[]> {
  const counted: { told: string; n: number }[] = []
  for (const move of moves) {
    const n = move.told ? await countOf(db, move, memberId) : 0
    if (move.told && n > 0) counted.push({ told: move.told, n })
  }
  return counted
}

/** What taking it back needs to know. */
export interface MergedMember {
  readonly into: number
  /** Since when the account had been closed; null: it had not. */
  readonly closed: number | null
}

/** Gives everything of one member to another, and closes the account. Groups and appointments stay where they are. */
export async function mergeMember(tx: Tx, from: number, into: number, at: number): Promise<MergedMember> {
  const { source, target } = await lockBoth(tx, from, into)
  if (!target || target.deleted_at !== null || target.closed_at !== null)
    throw new Conflict(msg('moderation.member_missing'))
  await moveAll(tx, from, into)
  await updateMember(tx, from, { merged_into_id: into, merged_at: at })
  await shutAccount(tx, from, source.closed_at ?? at)
  await renameMemberSoon(tx, into)
  return { into, closed: source.closed_at }
}

/** Everything that goes; again for what came while the first time was under way. */
async function moveAll(tx: Tx, from: number, into: number): Promise<void> {
  await lockTopicsOf(tx, from)
  const posts = await countPublicPosts(tx, from)
  for (const move of moves) await moveRows(tx, move, from, into)
  await addToPostCounts(tx, from, posts, -1)
  await addToPostCounts(tx, into, posts, 1)
  await mark(tx, from)
  await mark(tx, into)
}

/**
 * Gives back what went along and still is the other's; what changed hands since stays where it is. Throws Conflict when
 * the other account was merged on.
 */
export async function unmergeMember(tx: Tx, from: number, { into, closed }: MergedMember): Promise<void> {
  const { source, target } = await lockBoth(tx, from, into)
  if (source.merged_into_id !== into) throw new Conflict(msg('moderation.since_changed'))
  if (target && target.merged_into_id !== null) throw new Conflict(msg('moderation.since_merged_on'))
  await lockTopicsOf(tx, into)
  for (const move of moves) await moveRowsBack(tx, move, from, into)
  await followOpenings(tx, into, from)
  await followOpenings(tx, from, into)
  const posts = await countPublicPosts(tx, from)
  await addToPostCounts(tx, from, posts, 1)
  await addToPostCounts(tx, into, posts, -1)
  await forgetMerged(tx, from)
  await updateMember(tx, from, { merged_into_id: null, merged_at: null })
  if (closed === null) await reopenAccount(tx, from)
  else await shutAccount(tx, from, closed)
  for (const id of [from, into]) {
    await mark(tx, id)
    await renameMemberSoon(tx, id)
  }
}

/** Before a merged account goes for good: what reached it since the merge goes along, and nothing takes that back. */
export async function sweepMerged(tx: Tx, { id, merged_into_id }: Member): Promise<void> {
  if (merged_into_id !== null) await moveAll(tx, id, merged_into_id)
  await forgetMerged(tx, id)
}

async function lockBoth(tx: Tx, from: number, into: number) {
  const [one, other] = from < into ? [from, into] : [into, from]
  const locked = new Map<number, Member | undefined>()
  for (const id of [one, other]) locked.set(id, await lockMember(tx, id))
  const source = locked.get(from)
  if (!source) throw new NotFound()
  return { source, target: locked.get(into) }
}
