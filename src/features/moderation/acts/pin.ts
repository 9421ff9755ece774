import { reasonForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

/** Puts the topic above the others of its forum. */
export const pin = patchAct({
  name: 'pin',
  right: 'pin',
  targets: ['topic'],
  symbol: 'pin',
  fields: [],
  schema: reasonForm,
  fits: target => target.kind === 'topic' && target.item.pinned_at === null && target.item.deleted_at === null,
  change: (_target, { at }) => ({ pinned_at: at }),
})
