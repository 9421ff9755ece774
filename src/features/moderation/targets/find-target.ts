import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import type { Db, Tx } from '../../../platform/store/index.ts'
import { openClaimById } from '../../claims/index.ts'
import { isStaffIn, moderatedForums, type Viewer } from '../../members/index.ts'
import { findPost, holdList, lockTopic, postById } from '../../posts/index.ts'
import { holdSanctions, sanctionsOver } from '../../sanctions/index.ts'
import { requireSeen, topicById } from '../../topics/index.ts'
import type { Act, Reach } from '../act.ts'
import { judgedMembers, lockClaim, proposedEditOf, standingsOf } from '../queries/targets.ts'
import { aimOf } from './aim.ts'
import {
  type Author,
  claimTarget,
  editTarget,
  type MemberTarget,
  memberTarget,
  postTarget,
  type Ref,
  type Target,
  topicTarget,
} from './target.ts'

/**
 * What an act is done to, if this viewer may see it. The opening post has no state of its own: acts that know topics go
 * to its topic. Throws NotFound, Gone, or Conflict for what the staff have settled already.
 */
export async function findTarget(db: Db, viewer: Viewer, ref: Ref, act?: Pick<Act, 'targets'>): Promise<Target> {
  if (ref.kind === 'claim') return findClaim(db, viewer, ref.id)
  if (ref.kind === 'member') return findMember(db, ref.id)
  if (ref.kind === 'topic') {
    // Not the one into which it was merged meanwhile: nobody has chosen that.
    const topic = requireSeen(viewer, await topicById(db, ref.id))
    return topicTarget(topic, await authorOf(db, topic.member_id))
  }
  const { topic, post } = await findPost(db, viewer, ref.id)
  if (ref.kind === 'post') {
    const target = postTarget(topic, post, await authorOf(db, post.member_id))
    return act ? aimOf(act, target) : target
  }
  const edit = await proposedEditOf(db, post.id)
  if (!edit) throw missing(isStaffIn(viewer, topic.forum_id))
  return editTarget(topic, edit, await authorOf(db, edit.member_id))
}

/** Only the staff know of what guests have not published. */
async function findClaim(db: Db, viewer: Viewer, id: number): Promise<Target> {
  const claim = await openClaimById(db, id, Date.now())
  if (!claim) throw missing(moderatedForums(viewer).length > 0)
  if (claim.kind === 'post' || !isStaffIn(viewer, claim.forum_id)) throw new NotFound()
  return claimTarget(claim)
}

async function findMember(db: Db, id: number): Promise<Target> {
  const [target] = await memberTargets(db, [id])
  if (!target) throw new NotFound()
  return target
}

/** These members with what holds them back; without those who are gone. */
export async function memberTargets(db: Db, ids: readonly number[]): Promise<MemberTarget[]> {
  const targets: MemberTarget[] = []
  for (const member of await judgedMembers(db, ids)) {
    const { standing, group_id: _, sanctioned_at: __, ...item } = member
    targets.push(memberTarget({ ...item, sanctions: await sanctionsOver(db, member) }, standing))
  }
  return targets
}

/** What waited is gone when it was settled: those who settle such things learn that somebody else did. */
function missing(isStaff: boolean): NotFound | Conflict {
  return isStaff ? handledMeanwhile() : new NotFound()
}

/** Someone else was faster. */
export function handledMeanwhile(): Conflict {
  return new Conflict(msg('moderation.handled_meanwhile', { n: 1 }))
}

/** The same in a transaction, with everybody else who changes it waiting. */
export async function lockTarget(tx: Tx, viewer: Viewer, ref: Ref): Promise<Target> {
  await lock(tx, ref)
  return findTarget(tx, viewer, ref)
}

async function lock(tx: Tx, ref: Ref): Promise<void> {
  if (ref.kind === 'claim') return lockClaim(tx, ref.id)
  if (ref.kind === 'member') return holdSanctions(tx, ref.id)
  const topicId = await topicIdOf(tx, ref)
  if (topicId !== undefined) await lockTopic(tx, topicId)
}

async function topicIdOf(tx: Tx, ref: Ref): Promise<number | undefined> {
  if (ref.kind === 'claim' || ref.kind === 'member') return undefined
  return ref.kind === 'topic' ? ref.id : (await postById(tx, ref.id))?.topic_id
}

/** Locks everything that an act or its Undo changes, always in the same order; forums first, as those who post do. */
export async function lockReach(tx: Tx, refs: readonly Ref[], { topics = [], forums = [] }: Reach): Promise<void> {
  await holdList(tx, ...forums)
  const ids = new Set(topics)
  for (const ref of refs) {
    const id = await topicIdOf(tx, ref)
    if (id !== undefined) ids.add(id)
  }
  for (const id of [...ids].sort((a, b) => a - b)) await lockTopic(tx, id)
}

/** Its posts or its text stand elsewhere since somebody merged it. */
export function isMergedAway({ item }: Target): boolean {
  return 'merged_into_id' in item && item.merged_into_id !== null
}

/** Whose something is, with the standing that they have now. */
export async function authorOf(db: Db, memberId: number | null): Promise<Author> {
  const [found] = await authorsOf(db, [{ member_id: memberId }])
  return found?.author ?? { id: null, standing: 0 }
}

/** The same for several items at once. */
export async function authorsOf<Item extends { readonly member_id: number | null }>(
  db: Db,
  items: readonly Item[],
): Promise<{ item: Item; author: Author }[]> {
  const standings = await standingsOf(
    db,
    items.flatMap(item => item.member_id ?? []),
  )
  return items.map(item => {
    const { member_id: id } = item
    return { item, author: { id, standing: id === null ? 0 : (standings.get(id) ?? 0) } }
  })
}
