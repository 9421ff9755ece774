import { reasonForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

export const unpin = patchAct({
  name: 'unpin',
  right: 'pin',
  targets: ['topic'],
  symbol: 'pin-off',
  fields: [],
  schema: reasonForm,
  fits: target => target.kind === 'topic' && target.item.pinned_at !== null,
  change: () => ({ pinned_at: null, pinned_until: null }),
})
