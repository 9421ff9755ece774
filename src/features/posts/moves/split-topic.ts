import { randomUUID } from 'node:crypto'
import { Conflict, msg } from '../../../platform/errors.ts'
import { slugOf } from '../../../platform/slug.ts'
import type { Tx } from '../../../platform/store/index.ts'
import type { Topic } from '../../topics/index.ts'
import { firstPublicMoved } from '../queries/moves/firsts.ts'
import { countMoved, forgetMove, hasOthersMovedIn, type Leaving, noteMove } from '../queries/moves/notes.ts'
import { closeRanks, putBackAmong, weave } from '../queries/moves/places.ts'
import { isMergedInto, retargetOpenClaims } from '../queries/moves/topics.ts'
import { updateTopic } from '../queries/states.ts'
import { insertTopic } from '../queries/topics.ts'
import { keepCounts, lockTopics } from './keep-counts.ts'

/** Where they go: a topic that is there, or a new one. */
export type Destination = { readonly topic: Topic } | { readonly forumId: number; readonly title: string }

export interface Split {
  /** The topic in which they are now. */
  readonly to: number
  readonly isNew: boolean
  readonly posts: number
}

/**
 * Takes posts out of a topic, which is locked, as an existing destination is. The opening post is none of them: it stays.
 * Throws Conflict when none of them could open a new topic because nobody sees them.
 */
export async function splitTopic(
  tx: Tx,
  source: Topic,
  leaving: Leaving,
  destination: Destination,
  move: string,
): Promise<Split> {
  await noteMove(tx, move, source.id, leaving)
  const { moved } = await countMoved(tx, move, source.id)
  const isNew = !('topic' in destination)
  const first = isNew ? await firstPublicMoved(tx, move) : destination.topic.first_post_id
  if (first == null) throw new Conflict(msg('moderation.split_unseen'))
  const to = isNew ? await openEmpty(tx, source, destination) : destination.topic.id
  await keepCounts(tx, [source.id, to], async () => {
    await weave(tx, { move, into: to, first })
    await closeRanks(tx, source.id)
    // It was only made for them, and counts from now on.
    if (isNew) await updateTopic(tx, to, { deleted_at: null })
  })
  return { to, isNew, posts: moved }
}

/** Its row says who began it and when as soon as posts are in it. Until then it is out of sight. */
async function openEmpty(tx: Tx, source: Topic, { forumId, title }: { forumId: number; title: string }) {
  return insertTopic(tx, {
    forum_id: forumId,
    title,
    slug: slugOf(title),
    member_id: null,
    guest_name: null,
    created_at: source.created_at,
    last_post_at: source.created_at,
    deleted_at: source.created_at,
  })
}

/**
 * Takes a split back. What came since into a topic that the split made goes along, because it was said to these posts, and
 * the emptied topic leads there. Throws Conflict when posts have been moved on.
 */
export async function unsplitTopic(tx: Tx, sourceId: number, split: Split, move: string, at: number): Promise<void> {
  const topics = await lockTopics(tx, [sourceId, split.to])
  const [source, to] = [topics.get(sourceId) as Topic, topics.get(split.to) as Topic]
  const { moved, there } = await countMoved(tx, move, to.id)
  const isElsewhere = moved === 0 || there !== moved || source.merged_into_id !== null
  const isMixed = split.isNew && ((await isMergedInto(tx, to.id)) || (await hasOthersMovedIn(tx, move, to.id)))
  if (isElsewhere || isMixed) throw new Conflict(msg('moderation.since_posts_moved'))
  await keepCounts(tx, [source.id, to.id], async () => {
    await putBackAmong(tx, move, source.id)
    if (!split.isNew) return closeRanks(tx, to.id)
    await bringRest(tx, source, to)
    await updateTopic(tx, to.id, { merged_into_id: source.id, deleted_at: at })
    await updateTopic(tx, source.id, { views: source.views + to.views })
  })
  if (split.isNew) {
    await retargetOpenClaims(tx, { topicId: to.id }, { topicId: source.id, forumId: source.forum_id })
  }
  await forgetMove(tx, move)
}

async function bringRest(tx: Tx, source: Topic, { id }: Topic): Promise<void> {
  const move = randomUUID()
  await noteMove(tx, move, id, 'all')
  await weave(tx, { move, into: source.id, first: source.first_post_id })
  await forgetMove(tx, move)
}
