import { reasonForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

/** Only those who may lock can reply. */
export const lock = patchAct({
  name: 'lock',
  right: 'lock',
  targets: ['topic'],
  symbol: 'lock',
  fields: [],
  schema: reasonForm,
  fits: target => target.kind === 'topic' && target.item.locked_at === null && target.item.deleted_at === null,
  change: (_target, { at }) => ({ locked_at: at }),
})
