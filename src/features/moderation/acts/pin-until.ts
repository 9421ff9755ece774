import { endOfDay } from '../../../platform/locale/index.ts'
import { settings } from '../../settings/index.ts'
import { untilForm } from '../forms.ts'
import { demandFuture } from '../input/days.ts'
import { untilField, whyField } from '../input/fields.ts'
import { patchAct } from '../patch.ts'

/** Puts the topic above the others of its forum, up to the end of a day. */
export const pinUntil = patchAct({
  name: 'pin_until',
  right: 'pin',
  targets: ['topic'],
  symbol: 'pin',
  fields: [untilField, whyField],
  schema: untilForm,
  fits: target => target.kind === 'topic' && target.item.pinned_at === null && target.item.deleted_at === null,
  prepare: async ({ db, input }) => demandFuture(input.until, 'until', await settings(db)),
  change: async (_target, { at, input }, tx) => ({
    pinned_at: at,
    pinned_until: endOfDay(input.until, (await settings(tx)).time_zone),
  }),
})
