import { Invalid } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { forumTree, prefixFault, touchForums } from '../../forums/index.ts'
import { isOwn, type Viewer } from '../../members/index.ts'
import type { Topic } from '../../topics/index.ts'
import type { Post } from '../queries/posts.ts'
import { updateTopic } from '../queries/states.ts'

/**
 * Puts another prefix before the title of a locked topic whose opening post this is, for its author: moderators have an
 * act for it, which the log knows. Says whether anything was to be done. Throws Invalid for what the forum does not have.
 */
export async function changePrefix(
  tx: Tx,
  viewer: Viewer,
  { topic, post }: { readonly topic: Topic; readonly post: Post },
  wanted: number | null | undefined,
): Promise<boolean> {
  if (wanted === undefined || wanted === topic.prefix_id) return false
  if (topic.first_post_id !== post.id || !isOwn(viewer, post)) return false
  const forum = (await forumTree(tx)).byId.get(topic.forum_id)
  const fault = forum && prefixFault(forum, wanted)
  if (fault) throw new Invalid({ prefix: fault })
  await updateTopic(tx, topic.id, { prefix_id: wanted })
  await touchForums(tx, [topic.forum_id])
  return true
}
