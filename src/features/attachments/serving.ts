import { NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { type Attachment, attachmentById } from './queries/attachments.ts'
import { type Use, usesOf } from './queries/uses.ts'

/** Says what floors above know: which posts this viewer may read, and of which also what they said before. */
export interface AttachmentSlots {
  /** Those of these uses that this viewer may read: in what the post shows now (`shown`), or in everything it ever showed. */
  readableUses(viewer: Viewer, uses: readonly Use[]): Promise<readonly Use[]>
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
  const [had] = found ? await havable(db, slots, viewer, [found]) : []
  if (had) return had
  throw new NotFound()
}

/** Those of these, looked up already, that this viewer may have in the same way; many cost no more questions than one. */
export async function havable(
  db: Db,
  slots: AttachmentSlots,
  viewer: Viewer,
  found: readonly Attachment[],
): Promise<Attachment[]> {
  const uses = await usesOf(
    db,
    found.map(({ id }) => id),
  )
  const shown = new Set(uses.filter(use => use.shown === 1).map(use => use.attachment_id))
  const isOwn = (one: Attachment) => viewer.member?.id === one.member_id && viewer.onlooker === undefined
  const own = new Set(found.filter(one => isOwn(one) && !shown.has(one.id)).map(({ id }) => id))
  const asked = uses.filter(use => !own.has(use.attachment_id))
  const readable = new Set((await slots.readableUses(viewer, asked)).map(use => use.attachment_id))
  return found.filter(({ id }) => own.has(id) || readable.has(id))
}

/** The file of that size; of what is no picture there is one. */
export function fileOf(attachment: Attachment, size: Size): ServedFile {
  const { name, type, kind, file } = attachment
  const inline = kind === 'image'
  const smaller = size === 'full' || !inline ? null : attachment[size]
  if (smaller === null) return { name: file, type, saveAs: name, inline }
  return { name: smaller, type: 'image/webp', saveAs: name.replace(/\.[^.]*$/, '.webp'), inline }
}
