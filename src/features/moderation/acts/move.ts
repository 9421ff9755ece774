import { z } from 'zod'
import { Invalid, msg } from '../../../platform/errors.ts'
import { forumTree } from '../../forums/index.ts'
import { mayIn } from '../../members/index.ts'
import { forumField, whyField } from '../fields.ts'
import { moveForm } from '../forms.ts'
import { patchAct } from '../patch.ts'

const details = z.object({ was: z.object({ forum_id: z.number() }), is: z.object({ forum_id: z.number() }) })

/** Puts the topic into another forum, in which whoever moves it may start topics. */
export const move = patchAct({
  name: 'move',
  right: 'move',
  targets: ['topic'],
  symbol: 'folder',
  fields: [forumField, whyField],
  schema: moveForm,
  leavesForum: true,
  fits: (target, input) =>
    target.kind === 'topic' && target.item.deleted_at === null && target.item.forum_id !== input?.forum,
  async prepare({ db, viewer, input }) {
    const forum = (await forumTree(db)).byId.get(input.forum)
    if (forum?.kind !== 'forum' || !mayIn(viewer, forum.id, 'start')) {
      throw new Invalid({ forum: msg('moderation.forum_missing') })
    }
  },
  change: (_target, { input }) => ({ forum_id: input.forum }),
  forumsNamed(logged) {
    const { was, is } = details.parse(logged)
    return { from: was.forum_id, to: is.forum_id }
  },
})
