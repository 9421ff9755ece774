import { reasonForm } from '../forms.ts'
import { isReply, patchAct } from '../patch.ts'

export const unrecommend = patchAct({
  name: 'unrecommend',
  right: 'recommend',
  targets: ['post'],
  symbol: 'star-off',
  fields: [],
  schema: reasonForm,
  fits: target => isReply(target) && target.item.recommended_at !== null,
  change: () => ({ recommended_at: null, recommended_by_id: null, recommended_note: null }),
})
