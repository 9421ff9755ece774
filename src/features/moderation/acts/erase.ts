import { Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { changePostState, changeTopicState, updateTopic } from '../../posts/index.ts'
import type { Act } from '../act.ts'
import { eraseForm } from '../forms.ts'
import { passwordField, whyField } from '../input/fields.ts'
import { eraseQuotes, eraseQuotesJob } from '../later/erase-quotes.ts'
import { emptyPost, forgetTitles } from '../queries/erase.ts'

/** How long someone may still be answering to a quote that they took before, in milliseconds. */
const answering = 60 * 60_000

interface Erasing {
  readonly password: string
  readonly reason: string | null
}

/**
 * Takes a post's text away for good, with everything that repeats it. Its row stays, deleted, so that the staff see that
 * something was there. The opening post takes its topic's title along and the topic out of sight.
 */
export const erase: Act<Erasing> = {
  name: 'erase',
  right: null,
  targets: ['post'],
  symbol: 'eraser',
  danger: true,
  fields: [passwordField, whyField],
  schema: eraseForm,
  undo: null,
  fits: target => target.kind === 'post' && target.item.erased_at === null,
  async prepare({ viewer, input, confirmPassword }) {
    if (!viewer.member || !(await confirmPassword(viewer.member.id, input.password))) {
      throw new Invalid({ password: msg('moderation.password_wrong') })
    }
  },
  async do(tx, target, { at }) {
    if (target.kind !== 'post') throw new NotFound()
    const { id, item, topic } = target
    if (topic.first_post_id === id) {
      await updateTopic(tx, topic.id, { title: `#${topic.id}`, slug: '' })
      await forgetTitles(tx, topic.id)
      await changeTopicState(tx, topic.id, { deleted_at: topic.deleted_at ?? at })
    } else {
      await changePostState(tx, topic.id, id, { deleted_at: item.deleted_at ?? at })
    }
    await emptyPost(tx, id, at)
    await enqueue(tx, eraseQuotesJob, { postId: id }, { runAt: at + answering })
    return {}
  },
  after: async (db, ref) => eraseQuotes(db, ref.id),
}
