import { NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { Topic } from '../../topics/index.ts'
import { findPost } from '../find-post.ts'
import { canSeeVersions } from '../policy.ts'
import { type PostVersion, versionsOf } from '../queries/edits.ts'
import type { Post } from '../queries/posts.ts'
import { textOf } from './replace-text.ts'

/** A text as it stood from `at` on. */
export interface ShownVersion {
  readonly title: string | null
  readonly html: string
  readonly at: number
  /** Who wrote it so, by an edit; null: as it was posted. */
  readonly editor: string | null
  readonly reason: string | null
}

/**
 * Everything a post ever said, newest first; for its author and moderators only. Throws NotFound to others, who see no
 * more than that it was edited.
 */
export async function versionsPageOf(
  db: Db,
  viewer: Viewer,
  postId: number,
): Promise<{ topic: Topic; post: Post; versions: ShownVersion[] }> {
  const { topic, post } = await findPost(db, viewer, postId)
  if (!canSeeVersions(viewer, topic, post)) throw new NotFound()
  const replaced = await versionsOf(db, postId)
  const texts = [textOf(topic, post), ...replaced]
  const versions = texts.map((text, index) => shown(text, replaced[index], post))
  return { topic, post, versions }
}

/** What replaced the next older text says when and by whom this one was written. */
function shown(
  { title, html }: { title: string | null; html: string },
  older: (PostVersion & { replaced_by: string }) | undefined,
  post: Post,
): ShownVersion {
  if (!older) return { title, html, at: post.created_at, editor: null, reason: null }
  return { title, html, at: older.replaced_at, editor: older.replaced_by, reason: older.reason }
}
