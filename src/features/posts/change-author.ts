import { NotFound } from '../../platform/errors.ts'
import type { PostsTable, Tx } from '../../platform/store/index.ts'
import { touchForums } from '../forums/index.ts'
import { addToPostCount } from '../members/index.ts'
import { isPublic } from '../topics/index.ts'
import { refreshCountsSoon } from './lagging-counts.ts'
import { type Post, postById } from './queries/posts.ts'
import { lockTopic, updatePost, updateTopic } from './queries/states.ts'

export type Authorship = Pick<PostsTable, 'member_id' | 'guest_name' | 'reassigned_at'>

/** Makes a post somebody else's, and its topic when it opens one; what members count stays right. Throws NotFound. */
export async function changeAuthor(tx: Tx, postId: number, author: Authorship): Promise<Post> {
  const found = await postById(tx, postId)
  const topic = found && (await lockTopic(tx, found.topic_id))
  const before = topic && (await postById(tx, postId))
  if (!topic || before?.topic_id !== topic.id) throw new NotFound()
  const post = await updatePost(tx, postId, author)
  const { member_id, guest_name } = author
  if (topic.first_post_id === postId) await updateTopic(tx, topic.id, { member_id, guest_name })
  await touchForums(tx, [topic.forum_id])
  if (isPublic(topic) && isPublic(post)) {
    if (before.member_id !== null) await addToPostCount(tx, before.member_id, -1, topic.forum_id)
    if (member_id !== null) await addToPostCount(tx, member_id, 1, topic.forum_id)
    await refreshCountsSoon(tx)
  }
  return post
}
