import { Invalid } from '../../../platform/errors.ts'
import { forumTree, prefixFault } from '../../forums/index.ts'
import { prefixForm } from '../forms.ts'
import { prefixField, whyField } from '../input/fields.ts'
import { patchAct } from '../patch.ts'

/** Puts one of the forum's prefixes before the topic's title, or none. */
export const setPrefix = patchAct({
  name: 'set_prefix',
  right: 'edit',
  targets: ['topic'],
  symbol: 'flag',
  fields: [prefixField, whyField],
  schema: prefixForm,
  inForum: forum => forum.prefixes.length > 0,
  fits: (target, input) =>
    target.kind === 'topic' &&
    target.item.deleted_at === null &&
    (input === undefined || target.item.prefix_id !== input.prefix),
  async prepare({ db, input, targets }) {
    const { byId } = await forumTree(db)
    for (const { forumId } of targets) {
      const forum = byId.get(forumId)
      const fault = forum && prefixFault(forum, input.prefix)
      if (fault) throw new Invalid({ prefix: fault })
    }
  },
  change: (_target, { input }) => ({ prefix_id: input.prefix }),
})
