import { Conflict, msg } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import type { Topic } from '../../topics/index.ts'
import { firstSeen, firstStaying } from '../queries/moves/firsts.ts'
import { countMoved, forgetMove, noteMove } from '../queries/moves/notes.ts'
import { closeRanks, weave } from '../queries/moves/places.ts'
import { giveProposedTitle, retargetOpenClaims, takeProposedTitle } from '../queries/moves/topics.ts'
import { updateTopic } from '../queries/states.ts'
import { keepCounts } from './keep-counts.ts'

/** What taking a merge back needs to know. */
export interface Merged {
  readonly into: number
  readonly views: number
  /** The title that a waiting edit of the opening post proposed. */
  readonly proposed: string | null
  /** What guests wrote for the topic and nobody had taken. */
  readonly claims: readonly number[]
}

/**
 * Puts all posts of a topic among those of another one by the time of writing; the other's title stays. The emptied row
 * keeps its address, which leads to the other. Both are locked. `move` is a number of this merge that is never used again.
 */
export async function mergeTopic(tx: Tx, from: Topic, into: Topic, move: string, at: number): Promise<Merged> {
  const proposed = from.first_post_id === null ? null : await takeProposedTitle(tx, from.first_post_id)
  await noteMove(tx, move, from.id, 'all')
  await keepCounts(tx, [from.id, into.id], async () => {
    await weave(tx, { move, into: into.id, first: null })
    await updateTopic(tx, from.id, { merged_into_id: into.id, deleted_at: at })
    await updateTopic(tx, into.id, { views: into.views + from.views })
  })
  const claims = await retargetOpenClaims(tx, { topicId: from.id }, { topicId: into.id, forumId: into.forum_id })
  return { into: into.id, views: from.views, proposed, claims }
}

/**
 * Takes a merge back: every post that came with it goes home, and what was written since stays. Both are locked. Throws
 * Conflict when posts have been moved on, or when what would open one of the two is out of sight.
 */
export async function unmergeTopic(tx: Tx, from: Topic, into: Topic, move: string, merged: Merged): Promise<void> {
  const { moved, there } = await countMoved(tx, move, into.id)
  if (from.merged_into_id !== into.id || moved === 0 || there !== moved) {
    throw new Conflict(msg('moderation.since_posts_moved'))
  }
  const opens = [await firstSeen(tx, into.id, move), await firstStaying(tx, into.id, move)]
  if (opens.some(post => post == null || post.position === null)) {
    throw new Conflict(msg('moderation.since_opening_withdrawn'))
  }
  await keepCounts(tx, [from.id, into.id], async () => {
    await weave(tx, { move, into: from.id, first: null })
    await closeRanks(tx, into.id)
    await updateTopic(tx, from.id, { merged_into_id: null, deleted_at: null })
    await updateTopic(tx, into.id, { views: Math.max(0, into.views - merged.views) })
  })
  await forgetMove(tx, move)
  const opening = opens[0]?.id
  if (merged.proposed !== null && opening !== undefined) await giveProposedTitle(tx, opening, merged.proposed)
  if (merged.claims.length > 0) {
    await retargetOpenClaims(tx, { ids: merged.claims }, { topicId: from.id, forumId: from.forum_id })
  }
}
