import { Invalid, msg } from '../../../platform/errors.ts'
import { slugOf } from '../../../platform/slug.ts'
import { settings } from '../../settings/index.ts'
import { titleField, whyField } from '../fields.ts'
import { titleForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

/** Gives the topic another title, and the address that goes with it; the old address leads to it. */
export const retitle = patchAct({
  name: 'retitle',
  right: 'edit',
  targets: ['topic'],
  symbol: 'pencil',
  fields: [titleField, whyField],
  schema: titleForm,
  fits: (target, input) =>
    target.kind === 'topic' && target.item.deleted_at === null && target.item.title !== input?.title,
  async prepare({ db, input }) {
    const { title_max_length: max } = await settings(db)
    if (input.title === null) throw new Invalid({ title: msg('moderation.title_missing') })
    if (input.title.length > max) throw new Invalid({ title: msg('moderation.title_long', { max }) })
  },
  change: (_target, { input }) => ({ title: input.title ?? '', slug: slugOf(input.title ?? '') }),
})
