import { slugOf } from '../../../platform/slug.ts'
import { titleForm } from '../forms.ts'
import { titleField, whyField } from '../input/fields.ts'
import { demandTitle, titleIn } from '../input/title.ts'
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
    target.kind === 'topic' && target.item.deleted_at === null && (!input || target.item.title !== titleIn(input)),
  prepare: ({ db, input }) => demandTitle(db, input),
  change: (_target, { input }) => ({ title: titleIn(input), slug: slugOf(titleIn(input)) }),
})
