import { isWaiting } from '../../topics/index.ts'
import { reasonForm } from '../forms.ts'
import { whyField } from '../input/fields.ts'
import { isItem, patchAct } from '../patch.ts'

/** Takes it out of its author's sight too. What still waits is rejected instead. */
export const deleteAct = patchAct({
  name: 'delete',
  right: 'delete',
  targets: ['topic', 'post'],
  symbol: 'trash-2',
  danger: true,
  fields: [whyField],
  schema: reasonForm,
  fits: target => isItem(target) && target.item.deleted_at === null && !isWaiting(target.item),
  change: (_target, { at }) => ({ deleted_at: at }),
})
