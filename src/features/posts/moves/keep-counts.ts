import { NotFound } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { addToForum, lockForum, refreshLastPost } from '../../forums/index.ts'
import { isPublic, type Topic, topicById } from '../../topics/index.ts'
import { refreshCountsSoon } from '../lagging-counts.ts'
import { refreshTopic } from '../queries/moves/topics.ts'
import { countForAuthors } from '../queries/positions.ts'
import { lockTopic } from '../queries/states.ts'

/** Waits for everybody else who changes these topics, always in the same order. Throws NotFound when one is gone. */
export async function lockTopics(tx: Tx, ids: readonly number[]): Promise<Map<number, Topic>> {
  const locked = new Map<number, Topic>()
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const topic = await lockTopic(tx, id)
    if (!topic) throw new NotFound()
    locked.set(id, topic)
  }
  return locked
}

/**
 * Moves posts between these topics, which are locked, and keeps right what topics, forums and members count: all of it is
 * taken out before and counted anew afterwards, so it does not matter what becomes of the topics meanwhile.
 */
export async function keepCounts(tx: Tx, ids: readonly number[], move: () => Promise<void>): Promise<void> {
  const forums = new Map<number, { topics: number; posts: number }>()
  const count = async (sign: 1 | -1) => {
    for (const id of new Set(ids)) {
      if (sign > 0) await refreshTopic(tx, id)
      const topic = await topicById(tx, id)
      if (topic) await countTopic(tx, topic, sign, forums)
    }
  }
  await holdForums(tx, ids)
  await count(-1)
  await move()
  await count(1)
  // Always in the same order, so that two who move in opposite directions do not wait for each other.
  for (const [id, add] of [...forums].sort(([a], [b]) => a - b)) {
    await addToForum(tx, id, add)
    await refreshLastPost(tx, id)
  }
  await refreshCountsSoon(tx)
}

/** Who reads these topics' forums stays as it is until this is over: that decides which counts of members change. */
async function holdForums(tx: Tx, topicIds: readonly number[]): Promise<void> {
  const topics = await Promise.all([...new Set(topicIds)].map(id => topicById(tx, id)))
  const forums = new Set(topics.map(topic => topic?.forum_id ?? 0))
  for (const id of [...forums].sort((a, b) => a - b)) await lockForum(tx, id)
}

async function countTopic(
  tx: Tx,
  topic: Topic,
  sign: 1 | -1,
  forums: Map<number, { topics: number; posts: number }>,
): Promise<void> {
  const known = forums.get(topic.forum_id) ?? { topics: 0, posts: 0 }
  forums.set(topic.forum_id, known)
  if (!isPublic(topic)) return
  known.topics += sign
  known.posts += sign * topic.post_count
  await countForAuthors(tx, topic, sign)
}
