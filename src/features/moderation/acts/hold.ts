import { isPublic } from '../../topics/index.ts'
import { reasonForm } from '../forms.ts'
import { whyField } from '../input/fields.ts'
import { isItem, patchAct } from '../patch.ts'

/** Puts what everybody sees back among what waits: its author and the staff see it, until somebody approves it again. */
export const hold = patchAct({
  name: 'hold',
  right: 'approve',
  targets: ['topic', 'post'],
  symbol: 'inbox',
  fields: [whyField],
  schema: reasonForm,
  fits: target => isItem(target) && isPublic(target.item),
  change: (_target, { at }) => ({ pending_at: at, pending_reason: 'moderation.waits_again' }),
})
