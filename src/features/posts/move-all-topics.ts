import type { Tx } from '../../platform/store/index.ts'
import { addToForum, forumCounters, refreshLastPost } from '../forums/index.ts'
import { recountMembersSoon } from '../groups/index.ts'
import { holdList } from './hold-list.ts'
import { haveOtherReaders } from './queries/positions.ts'
import { retargetTopics } from './queries/states.ts'

/** Moves every topic of a forum, whatever its state, to another one, with the counts. */
export async function moveAllTopics(tx: Tx, from: number, to: number): Promise<void> {
  await holdList(tx, from, to)
  await retargetTopics(tx, from, to)
  for (const id of [from, to].sort((a, b) => a - b)) await addToForum(tx, id, { topics: 0, posts: 0 })
  const [counted] = await forumCounters(tx, [from])
  if (!counted) return
  await addToForum(tx, to, { topics: counted.topic_count, posts: counted.post_count })
  await addToForum(tx, from, { topics: -counted.topic_count, posts: -counted.post_count })
  await refreshLastPost(tx, from)
  await refreshLastPost(tx, to)
  if (await haveOtherReaders(tx, from, to)) await recountMembersSoon(tx)
}
