import type { OwnPicture } from '../../content/index.ts'
import { Invalid, msg } from '../../platform/errors.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { attachmentPath } from './file-name.ts'
import { uploadLimits } from './limits.ts'
import { type Attachment, attachmentsByIds, keptOfPost } from './queries/attachments.ts'
import { hideUses, putUses } from './queries/uses.ts'
import { type AttachmentSlots, havable } from './serving.ts'

/** The pictures among these that this viewer may see, by their numbers. */
export async function picturesFor(
  db: Db,
  slots: AttachmentSlots,
  viewer: Viewer,
  ids: readonly number[],
): Promise<Record<number, OwnPicture>> {
  const pictures = (await attachmentsByIds(db, ids)).filter(one => asPicture(one) !== null)
  const had = await havable(db, slots, viewer, pictures)
  return Object.fromEntries(had.flatMap(one => [[one.id, asPicture(one)]])) as Record<number, OwnPicture>
}

/** What is kept of pictures elsewhere because this post shows them, by their addresses. */
export async function keptFor(db: Db, postId: number): Promise<Record<string, OwnPicture>> {
  const kept: Record<string, OwnPicture> = {}
  for (const attachment of await keptOfPost(db, postId)) {
    const picture = asPicture(attachment)
    if (picture && attachment.source_url) kept[attachment.source_url] = picture
  }
  return kept
}

export function asPicture(attachment: Attachment): OwnPicture | null {
  const { kind, width, height } = attachment
  return kind === 'image' && width && height ? { src: attachmentPath(attachment), width, height } : null
}

/** Throws Invalid, for the field `body`, when a text shows more of the writer's own files than their group may. */
export async function checkCount(db: Db, viewer: Viewer, ids: readonly number[]): Promise<void> {
  const limits = ids.length > 0 ? await uploadLimits(db, viewer) : null
  if (!limits || ids.length <= limits.postCount) return
  const own = (await attachmentsByIds(db, ids)).filter(({ member_id }) => member_id === viewer.member?.id)
  if (own.length > limits.postCount)
    throw new Invalid({ body: msg('attachments.too_many_shown', { max: limits.postCount }) })
}

/** A text, and who wrote it: what others uploaded is not opened by naming it. */
export interface Showing {
  readonly postId: number
  readonly ids: readonly number[]
  /** What it named already: of these only what was opened then stays open. */
  readonly before?: readonly number[]
  readonly by: number | null
}

/**
 * The post shows these now and no others; what it showed before stays for its earlier versions. Only what the writer
 * uploaded, or the post showed already, is opened to those who may read it.
 */
export async function showAttachments(tx: Tx, { postId, ids, before = [], by }: Showing): Promise<void> {
  const known = new Set(before)
  await hideUses(tx, postId)
  await putUses(tx, { postId, ids, shown: 1, ownedBy: null })
  await putUses(tx, { postId, ids: ids.filter(id => !known.has(id)), shown: 1, ownedBy: by })
}

/** An edit that waits shows these: to those who see it, and they are not removed meanwhile. */
export async function noteAttachments(tx: Tx, { postId, ids, by }: Showing): Promise<void> {
  await putUses(tx, { postId, ids, shown: 0, ownedBy: by })
}
