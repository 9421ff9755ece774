import { isPublic } from '../../topics/index.ts'
import { noteForm } from '../forms.ts'
import { noteField } from '../input/fields.ts'
import { isReply, patchAct } from '../patch.ts'

/** Lists a reply above the posts of its topic, with a word on why. */
export const recommend = patchAct({
  name: 'recommend',
  right: 'recommend',
  targets: ['post'],
  symbol: 'star',
  fields: [noteField],
  schema: noteForm,
  fits: target => isReply(target) && isPublic(target.item) && target.item.recommended_at === null,
  change: (_target, { at, by, input }) => ({
    recommended_at: at,
    recommended_by_id: by,
    recommended_note: input.note,
  }),
})
