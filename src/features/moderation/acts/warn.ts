import { z } from 'zod'
import { allow, Conflict, Forbidden, Invalid, msg } from '../../../platform/errors.ts'
import { everywhere } from '../../groups/index.ts'
import { mayModerate } from '../../members/index.ts'
import { findPost, postById } from '../../posts/index.ts'
import { warningReasons, warn as warnMember } from '../../sanctions/index.ts'
import { topicById } from '../../topics/index.ts'
import type { Act, Preparation } from '../act.ts'
import { warnForm } from '../forms.ts'
import { aboutField, maybeToldField, warningField } from '../input/fields.ts'
import { hasRight } from '../policy.ts'
import { tellOf, undoSanction } from '../sanction.ts'

interface Warning {
  readonly warning: number
  readonly about: number | null
  readonly reason: string | null
}

const logged = z.object({ forum: z.number().nullish() })

/** Warns a member, who posts again when they have acknowledged it. Its points may lead to a restriction by themselves. */
export const warn: Act<Warning> = {
  name: 'warn',
  right: 'warn',
  targets: ['member'],
  symbol: 'triangle-alert',
  fields: [warningField, maybeToldField, aboutField],
  schema: warnForm,
  aboutPosts: true,
  fits: target => target.kind === 'member',
  async prepare(asked) {
    const { db, input } = asked
    await demandPlace(asked)
    const known = (await warningReasons(db)).some(({ id }) => id === input.warning)
    if (!known) throw new Invalid({ warning: msg('moderation.warning_missing') })
  },
  async do(tx, { id }, { by, at, input }) {
    const why = (await warningReasons(tx)).find(reason => reason.id === input.warning)
    if (!why) throw new Conflict(msg('moderation.warning_missing'))
    const { title, points, days } = why
    const { reason, about } = input
    const told = await tellOf(tx, await warnMember(tx, { memberId: id, by, at, title, points, days, reason, about }))
    const post = about === null ? undefined : await postById(tx, about)
    return { ...told, forum: (post && (await topicById(tx, post.topic_id)))?.forum_id ?? null }
  },
  undo: undoSanction,
  forumIn: details => logged.parse(details).forum ?? null,
}

/** Without a post it is for those who moderate everywhere. Throws Forbidden, and NotFound for what they do not see. */
async function demandPlace({ db, viewer, input: { about }, targets }: Preparation<Warning>): Promise<void> {
  if (about === null) return allow(hasRight(viewer, everywhere, warn))
  const { topic, post } = await findPost(db, viewer, about)
  const isTheirs = targets.every(({ id }) => id === post.member_id)
  allow(isTheirs && mayModerate(viewer, topic.forum_id, 'warn'), new Forbidden())
}
