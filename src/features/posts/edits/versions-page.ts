import { type Change, changesBetween } from '../../../content/index.ts'
import { NotFound } from '../../../platform/errors.ts'
import { pagesOf, windowOf } from '../../../platform/paging.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { Topic } from '../../topics/index.ts'
import { findPost } from '../find-post.ts'
import { canSeeVersions } from '../policy.ts'
import { countVersions, type PostVersion, versionsOf } from '../queries/edits.ts'
import type { Post } from '../queries/posts.ts'
import { type PostText, textOf } from './replace-text.ts'
import { shortened } from './shorten-changes.ts'

/** A text as it stood from `at` on. */
export interface ShownVersion extends PostText {
  /** 1: as it was posted. */
  readonly number: number
  readonly at: number
  /** Who wrote it so, by an edit; null: as it was posted. */
  readonly editor: string | null
  readonly reason: string | null
  /** What the edit did to the title and to the text. */
  readonly changes: { readonly title: readonly Change[]; readonly text: readonly Change[] } | null
}

export interface VersionsPage {
  readonly topic: Topic
  readonly post: Post
  readonly versions: readonly ShownVersion[]
  readonly page: number
  readonly pages: number
}

/** Versions can be as long as posts, and comparing them takes time. */
const versionsPerPage = 10

type Replaced = PostVersion & { replaced_by: string }

/**
 * Everything a post ever said, newest first, and what each edit changed; for its author and moderators only. Throws
 * NotFound to others, who see no more than that it was edited, and for a page that is not there.
 */
export async function versionsPageOf(db: Db, viewer: Viewer, postId: number, page = 1): Promise<VersionsPage> {
  const { topic, post } = await findPost(db, viewer, postId)
  if (!canSeeVersions(viewer, topic, post)) throw new NotFound()
  const total = (await countVersions(db, postId)) + 1
  const pages = pagesOf(total, versionsPerPage)
  if (page > pages) throw new NotFound()
  const { offset, limit } = windowOf(page, versionsPerPage)
  const now: PostText[] = page === 1 ? [textOf(topic, post)] : []
  const replaced = await versionsOf(db, postId, { offset: Math.max(0, offset - 1), limit: limit + 1 - now.length })
  const texts = [...now, ...replaced].slice(0, limit)
  const older = page === 1 ? replaced : replaced.slice(1)
  const versions: ShownVersion[] = []
  // One after the other, so that a long history takes no more than one thread.
  for (const [index, text] of texts.entries()) {
    versions.push({ number: total - offset - index, ...(await shown(text, older[index], post)) })
  }
  return { topic, post, versions, page, pages }
}

/** What replaced the next older text says when and by whom this one was written. */
async function shown(
  { title, html }: PostText,
  older: Replaced | undefined,
  post: Post,
): Promise<Omit<ShownVersion, 'number'>> {
  if (!older) return { title, html, at: post.created_at, editor: null, reason: null, changes: null }
  const changes = { title: retitled(older.title, title), text: shortened(await changesBetween(older.html, html)) }
  return { title, html, at: older.replaced_at, editor: older.replaced_by, reason: older.reason, changes }
}

function retitled(older: string | null, newer: string | null): Change[] {
  if (older === null || newer === null || older === newer) return []
  return [
    { kind: 'removed', text: older },
    { kind: 'added', text: newer },
  ]
}
