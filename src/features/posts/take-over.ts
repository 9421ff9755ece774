import { NotFound } from '../../platform/errors.ts'
import type { Tx } from '../../platform/store/index.ts'
import { changeAuthor } from './change-author.ts'
import { type Post, postById } from './queries/posts.ts'
import { lockTopic } from './queries/states.ts'

/** Makes a post that a guest published under a name the member's own, and its topic when it opens one. Throws NotFound. */
export async function takeOverPost(tx: Tx, postId: number, memberId: number): Promise<Post> {
  const found = await postById(tx, postId)
  if (!found || !(await lockTopic(tx, found.topic_id))) throw new NotFound()
  if ((await postById(tx, postId))?.member_id !== null) throw new NotFound()
  return changeAuthor(tx, postId, { member_id: memberId, guest_name: null, reassigned_at: null })
}
