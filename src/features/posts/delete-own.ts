import { allow, msg, NotFound, SignInNeeded } from '../../platform/errors.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { changePostState, changeTopicState } from './change-state.ts'
import { canDeleteOwn } from './policy.ts'
import { type Post, postById } from './queries/posts.ts'
import { lockTopic } from './queries/states.ts'

/** `topic`: it was the opening post, so the topic went with it. */
export interface Deleted {
  readonly kind: 'post' | 'topic'
  readonly forumId: number
}

/** A member takes back an own reply, or a topic that nobody has answered. Moderators still see it. Throws Forbidden. */
export async function deleteOwn(db: Db, viewer: Viewer, { id, topic_id }: Post): Promise<Deleted> {
  if (!viewer.member) throw new SignInNeeded()
  return inTransaction(db, async tx => {
    const topic = await lockTopic(tx, topic_id)
    const post = await postById(tx, id)
    if (!topic || !post || post.topic_id !== topic.id) throw new NotFound()
    allow(canDeleteOwn(viewer, topic, post), msg('posts.delete_not_allowed'))
    const deleted_at = Date.now()
    const isOpening = topic.first_post_id === post.id
    if (isOpening) await changeTopicState(tx, topic.id, { deleted_at })
    else await changePostState(tx, topic.id, post.id, { deleted_at })
    return { kind: isOpening ? 'topic' : 'post', forumId: topic.forum_id }
  })
}
