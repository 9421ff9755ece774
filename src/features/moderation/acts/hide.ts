import { isPublic } from '../../topics/index.ts'
import { reasonForm } from '../forms.ts'
import { whyField } from '../input/fields.ts'
import { isItem, patchAct } from '../patch.ts'

/** Takes it out of everybody's sight but its author's and the staff's. */
export const hide = patchAct({
  name: 'hide',
  right: 'hide',
  targets: ['topic', 'post'],
  symbol: 'eye-off',
  fields: [whyField],
  schema: reasonForm,
  fits: target => isItem(target) && isPublic(target.item),
  change: (_target, { at }) => ({ hidden_at: at }),
})
