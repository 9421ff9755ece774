import { z } from 'zod'
import { Conflict, msg } from '../../../platform/errors.ts'
import { rejectProposedEdit, unrejectEdit } from '../../posts/index.ts'
import { isWaiting, rejectedReason } from '../../topics/index.ts'
import { reasonForm } from '../forms.ts'
import { whyNotField } from '../input/fields.ts'
import { isItem, patchAct } from '../patch.ts'
import { proposedEditOf } from '../queries/targets.ts'
import { waitsForAuthor, whyNotYet } from '../targets/held.ts'

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

/** Which of the edits that were proposed for a post, one after the other. */
const edited = z.object({ proposed_at: z.number() })

/** An edit that waited leaves what was approved as it is. */
export const reject: typeof item = {
  ...item,
  fits: target =>
    !waitsForAuthor(target) && (target.kind === 'edit' ? target.item.rejected_at === null : item.fits(target)),
  whyNot: whyNotYet,
  async do(tx, target, deed) {
    if (target.kind !== 'edit') return item.do(tx, target, deed)
    await rejectProposedEdit(tx, target.id)
    return { proposed_at: target.item.proposed_at }
  },
  async undo(tx, target, entry) {
    const edit = edited.safeParse(entry.details)
    if (!edit.success) return item.undo?.(tx, target, entry)
    const now = await proposedEditOf(tx, target.id)
    if (now?.proposed_at !== edit.data.proposed_at) throw new Conflict(msg('moderation.since_changed'))
    await unrejectEdit(tx, target.id)
  },
}
