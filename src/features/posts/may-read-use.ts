import { Refusal, Unavailable } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { findPost } from './find-post.ts'
import { canSeeVersions } from './policy.ts'

/**
 * Whether this viewer may have what a post shows, or, where only an earlier version or an edit that waits shows it, what
 * only its author and the moderators see.
 */
export async function mayReadUse(
  db: Db,
  viewer: Viewer,
  postId: number,
  { shown }: { readonly shown: 0 | 1 },
): Promise<boolean> {
  try {
    const { topic, post } = await findPost(db, viewer, postId)
    return shown === 1 || canSeeVersions(viewer, topic, post)
  } catch (error) {
    if (error instanceof Refusal && !(error instanceof Unavailable)) return false
    throw error
  }
}
