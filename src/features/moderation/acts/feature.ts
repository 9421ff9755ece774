import { reasonForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

/** Points the topic out in lists and on its page. */
export const feature = patchAct({
  name: 'feature',
  right: 'feature',
  targets: ['topic'],
  symbol: 'award',
  fields: [],
  schema: reasonForm,
  fits: target => target.kind === 'topic' && target.item.featured_at === null && target.item.deleted_at === null,
  change: (_target, { at }) => ({ featured_at: at }),
})
