import { reasonForm } from '../forms.ts'
import { isItem, patchAct } from '../patch.ts'

export const unhide = patchAct({
  name: 'unhide',
  right: 'hide',
  targets: ['topic', 'post'],
  symbol: 'eye',
  fields: [],
  schema: reasonForm,
  fits: target => isItem(target) && target.item.hidden_at !== null && target.item.deleted_at === null,
  change: () => ({ hidden_at: null }),
})
