import { NotFound } from '../../platform/errors.ts'
import type { Tx } from '../../platform/store/index.ts'
import { touchForums } from '../forums/index.ts'
import { addToPostCount } from '../members/index.ts'
import { isPublic } from '../topics/index.ts'
import { refreshCountsSoon } from './lagging-counts.ts'
import { type Post, postById } from './queries/posts.ts'
import { lockTopic, updatePost, updateTopic } from './queries/states.ts'

/** Makes a post that a guest published under a name the member's own, and its topic when it opens one. Throws NotFound. */
export async function takeOverPost(tx: Tx, postId: number, memberId: number): Promise<Post> {
  const found = await postById(tx, postId)
  const topic = found && (await lockTopic(tx, found.topic_id))
  if (!topic || found.member_id !== null) throw new NotFound()
  const author = { member_id: memberId, guest_name: null }
  const post = await updatePost(tx, postId, author)
  if (topic.first_post_id === postId) await updateTopic(tx, topic.id, author)
  if (isPublic(topic) && isPublic(post)) {
    await addToPostCount(tx, memberId, 1)
    await refreshCountsSoon(tx)
  }
  await touchForums(tx, [topic.forum_id])
  return post
}
