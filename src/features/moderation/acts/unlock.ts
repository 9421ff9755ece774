import { reasonForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

export const unlock = patchAct({
  name: 'unlock',
  right: 'lock',
  targets: ['topic'],
  symbol: 'lock-open',
  fields: [],
  schema: reasonForm,
  fits: target => target.kind === 'topic' && target.item.locked_at !== null,
  change: () => ({ locked_at: null }),
})
