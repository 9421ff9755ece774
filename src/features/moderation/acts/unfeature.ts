import { reasonForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

export const unfeature = patchAct({
  name: 'unfeature',
  right: 'feature',
  targets: ['topic'],
  symbol: 'award',
  fields: [],
  schema: reasonForm,
  fits: target => target.kind === 'topic' && target.item.featured_at !== null,
  change: () => ({ featured_at: null }),
})
