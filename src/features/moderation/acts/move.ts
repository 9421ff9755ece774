import { z } from 'zod'
import { Invalid, msg } from '../../../platform/errors.ts'
import { endOfDay } from '../../../platform/locale/index.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { forumTree, touchForums } from '../../forums/index.ts'
import { mayIn } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { deleteLink, insertLink } from '../../topics/index.ts'
import type { Deed } from '../act.ts'
import { type Moving, moveForm } from '../forms.ts'
import { demandFuture } from '../input/days.ts'
import { forumField, linkField, linkUntilField, whyField } from '../input/fields.ts'
import { patchAct } from '../patch.ts'
import type { Target } from '../targets/target.ts'

const details = z.object({
  was: z.object({ forum_id: z.number() }),
  is: z.object({ forum_id: z.number() }),
  link: z.number().nullish(),
})

/** Puts the topic into another forum, in which whoever moves it may start topics. */
const place = patchAct({
  name: 'move',
  right: 'move',
  targets: ['topic'],
  symbol: 'folder',
  fields: [forumField, linkField, linkUntilField, whyField],
  schema: moveForm,
  leavesForum: true,
  fits: (target, input) =>
    target.kind === 'topic' && target.item.deleted_at === null && target.item.forum_id !== input?.forum,
  async prepare({ db, viewer, input }) {
    const forum = (await forumTree(db)).byId.get(input.forum)
    if (forum?.kind !== 'forum' || !mayIn(viewer, forum.id, 'start')) {
      throw new Invalid({ forum: msg('moderation.forum_missing') })
    }
    if (input.link && input.link_until) demandFuture(input.link_until, 'link_until', await settings(db))
  },
  change: (_target, { input }) => ({ forum_id: input.forum }),
  forumsNamed(logged) {
    const { was, is } = details.parse(logged)
    return { from: was.forum_id, to: is.forum_id }
  },
})

/** A link is left behind if that is wanted, up to the end of a day if one is named; Undo takes it away. */
export const move: typeof place = {
  ...place,
  async do(tx, target, deed) {
    const moved = await place.do(tx, target, deed)
    return { ...moved, link: deed.input.link ? await leaveLink(tx, target, deed) : null }
  },
  async undo(tx, target, entry) {
    await place.undo?.(tx, target, entry)
    const { link, was } = details.parse(entry.details)
    if (link == null) return
    await deleteLink(tx, link)
    await touchForums(tx, [was.forum_id])
  },
}

async function leaveLink(tx: Tx, { id, forumId }: Target, { input, at }: Deed<Moving>): Promise<number> {
  const until = input.link_until ? endOfDay(input.link_until, (await settings(tx)).time_zone) : null
  return insertLink(tx, { forum_id: forumId, topic_id: id, created_at: at, until })
}
