import { Forbidden, msg, SignInNeeded } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { isOwn, type Viewer } from '../../members/index.ts'
import type { Topic } from '../../topics/index.ts'
import { findPost } from '../find-post.ts'
import { canEdit } from '../policy.ts'
import { newestVersion, standingOf, waitingEditsOf } from '../queries/edits.ts'
import type { Post } from '../queries/posts.ts'
import { textOf } from './replace-text.ts'

/** A post in the hands of someone who may change it, and what its form offers. */
export interface OpenEdit {
  readonly topic: Topic
  readonly post: Post
  /** null: not an opening post, which has no title. */
  readonly title: string | null
  /** Of the author's own edit that waits for approval, else of what stands there. */
  readonly html: string
  readonly isProposed: boolean
  /** The newest version, 0 for none. */
  readonly base: number
}

/** Opens a post for editing. Throws NotFound or Gone for one that is not to be seen, Forbidden, or SignInNeeded. */
export async function openEdit(db: Db, viewer: Viewer, postId: number): Promise<OpenEdit> {
  const { topic, post } = await findPost(db, viewer, postId)
  if (!viewer.member) throw new SignInNeeded()
  if (!canEdit(viewer, topic, post, await standingOf(db, post.member_id), Date.now())) {
    throw new Forbidden(msg('posts.edit_not_allowed'))
  }
  const [waiting] = isOwn(viewer, post) ? await waitingEditsOf(db, [postId]) : []
  const offered = waiting ?? textOf(topic, post)
  return {
    topic,
    post,
    title: offered.title,
    html: offered.html,
    isProposed: waiting !== undefined,
    base: (await newestVersion(db, postId))?.id ?? 0,
  }
}
