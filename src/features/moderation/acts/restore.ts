import { reasonForm } from '../forms.ts'
import { isItem, patchAct } from '../patch.ts'
import type { Target } from '../targets/target.ts'

/** Brings back what was deleted, in whatever state it was then. */
export const restore = patchAct({
  name: 'restore',
  right: 'delete',
  targets: ['topic', 'post'],
  symbol: 'rotate-ccw',
  fields: [],
  schema: reasonForm,
  fits: target => isItem(target) && target.item.deleted_at !== null && !isPurged(target),
  change: () => ({ deleted_at: null }),
})

/** Nothing is left of it. */
function isPurged(target: Target): boolean {
  return target.kind === 'topic' && target.item.purged_at !== null
}
