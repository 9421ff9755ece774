import { NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { type Attachment, attachmentById } from './queries/attachments.ts'
import { type Use, usesOf } from './queries/uses.ts'

/** Says which floors above know: may this viewer read this post, or also what it said before? */
export interface AttachmentSlots {
  /** Whether this viewer may read what the post shows now (`shown`), or everything it ever showed. */
  mayRead(viewer: Viewer, postId: number, use: Pick<Use, 'shown'>): Promise<boolean>
}

/** The sizes in which pictures are served. */
export type Size = 'full' | 'display' | 'thumb'

/** What an answer is made of. */
export interface ServedFile {
  readonly name: string
  readonly type: string
  /** As which it is saved. */
  readonly saveAs: string
  /** A picture that we made: it may be looked at in place. */
  readonly inline: boolean
}

/**
 * The attachment, for those who may read a text that shows it, and for its uploader while none does. Throws NotFound to
 * everybody else.
 */
export async function findAttachment(db: Db, slots: AttachmentSlots, viewer: Viewer, id: number): Promise<Attachment> {
  const found = await attachmentById(db, id)
  if (found && (await mayHave(db, slots, viewer, found))) return found
  throw new NotFound()
}

/** The same for one that was looked up already. */
export async function mayHave(db: Db, slots: AttachmentSlots, viewer: Viewer, found: Attachment): Promise<boolean> {
  const uses = await usesOf(db, found.id)
  const isOwn = viewer.member?.id === found.member_id && viewer.onlooker === undefined
  if (isOwn && !uses.some(({ shown }) => shown === 1)) return true
  for (const use of uses) if (await slots.mayRead(viewer, use.post_id, use)) return true
  return false
}

/** The file of that size; of what is no picture there is one. */
export function fileOf(attachment: Attachment, size: Size): ServedFile {
  const { name, type, kind, file } = attachment
  const inline = kind === 'image'
  const smaller = size === 'full' || !inline ? null : attachment[size]
  if (smaller === null) return { name: file, type, saveAs: name, inline }
  return { name: smaller, type: 'image/webp', saveAs: name.replace(/\.[^.]*$/, '.webp'), inline }
}
