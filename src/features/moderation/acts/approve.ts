import { z } from 'zod'
import { approveProposedEdit, unapproveEdit } from '../../posts/index.ts'
import { approveForm } from '../forms.ts'
import { isItem, patchAct } from '../patch.ts'
import { waitsForAuthor, whyNotYet } from '../targets/held.ts'

/** A topic or post that waited appears, also one that was rejected before. */
const item = patchAct({
  name: 'approve',
  right: 'approve',
  targets: ['topic', 'post', 'edit'],
  symbol: 'check',
  fields: [],
  schema: approveForm,
  fits: target => isItem(target) && target.item.pending_at !== null && target.item.deleted_at === null,
  change: () => ({ pending_at: null, pending_reason: null }),
})

const edited = z.object({
  version: z.number(),
  content_version: z.number(),
  pending_reason: z.string(),
})

/** An edit that waited takes the place of what was approved. */
export const approve: typeof item = {
  ...item,
  fits: target =>
    !waitsForAuthor(target) && (target.kind === 'edit' ? target.item.rejected_at === null : item.fits(target)),
  whyNot: whyNotYet,
  async do(tx, target, deed) {
    if (target.kind !== 'edit') return item.do(tx, target, deed)
    const { versionId, contentVersion } = await approveProposedEdit(tx, target.id, deed.input.over)
    return { version: versionId, content_version: contentVersion, pending_reason: target.item.pending_reason }
  },
  async undo(tx, target, entry) {
    const edit = edited.safeParse(entry.details)
    if (!edit.success) return item.undo?.(tx, target, entry)
    const { version: versionId, content_version: contentVersion, pending_reason } = edit.data
    await unapproveEdit(tx, target.id, { versionId, contentVersion }, pending_reason)
  },
}
