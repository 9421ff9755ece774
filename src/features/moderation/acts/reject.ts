import { rejectProposedEdit, unrejectEdit } from '../../posts/index.ts'
import { isWaiting, rejectedReason } from '../../topics/index.ts'
import { whyNotField } from '../fields.ts'
import { reasonForm } from '../forms.ts'
import { isItem, patchAct } from '../patch.ts'

/** A topic or post that waited will not appear; its author, who still sees it, is told there. */
const item = patchAct({
  name: 'reject',
  right: 'approve',
  targets: ['topic', 'post', 'edit'],
  symbol: 'circle-x',
  danger: true,
  fields: [whyNotField],
  schema: reasonForm,
  fits: target => isItem(target) && isWaiting(target.item),
  change: () => ({ pending_reason: rejectedReason }),
})

/** An edit that waited leaves what was approved as it is. */
export const reject: typeof item = {
  ...item,
  fits: target => (target.kind === 'edit' ? target.item.rejected_at === null : item.fits(target)),
  async do(tx, target, deed) {
    if (target.kind !== 'edit') return item.do(tx, target, deed)
    await rejectProposedEdit(tx, target.id)
    return { edit: true }
  },
  async undo(tx, target, entry) {
    if (!entry.details.edit) return item.undo?.(tx, target, entry)
    await unrejectEdit(tx, target.id)
  },
}
