import { reasonForm } from '../forms.ts'
import { isItem, patchAct } from '../patch.ts'

/** Brings back what was deleted, in whatever state it was then. */
export const restore = patchAct({
  name: 'restore',
  right: 'delete',
  targets: ['topic', 'post'],
  symbol: 'rotate-ccw',
  fields: [],
  schema: reasonForm,
  fits: target => isItem(target) && target.item.deleted_at !== null,
  change: () => ({ deleted_at: null }),
})
