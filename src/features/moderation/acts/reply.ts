import { z } from 'zod'
import type { Composed } from '../../../content/index.ts'
import { Conflict, msg } from '../../../platform/errors.ts'
import type { Viewer } from '../../members/index.ts'
import { changePostState, postById, writeReply } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import type { Act } from '../act.ts'
import { type Replying, replyForm } from '../forms.ts'
import { replyField } from '../input/fields.ts'
import { handledMeanwhile } from '../targets/find-target.ts'

/** A reply that was composed before the transaction, and who writes it. */
export type ReadyReply = Replying & { readonly composed: Composed; readonly viewer: Viewer }

const details = z.object({ post: z.number() })
/** Pressing twice makes one reply. */
const againMs = 10 * 60_000

/**
 * Writes a reply in the name of whoever presses. Part of saved acts only, so it is offered in no menu; whoever may close a
 * topic may say why. Its Undo deletes the reply.
 */
export const reply: Act<Replying> = {
  name: 'reply',
  right: 'lock',
  targets: [],
  symbol: 'message-square',
  fields: [replyField],
  schema: replyForm,
  fits: target => target.kind === 'topic' && target.item.deleted_at === null,
  async do(tx, target, { input, by, at }) {
    if (!isReady(input)) throw new Error('A reply has to be composed before the transaction')
    const last = target.topic && (await postById(tx, target.topic.last_post_id ?? 0))
    const isSame = last?.member_id === by && last.html === input.composed.html
    if (isSame && at - last.created_at < againMs) throw handledMeanwhile()
    const writer = { viewer: input.viewer, guestName: null }
    const { id } = await writeReply(tx, writer, target.id, input.composed, await settings(tx))
    return { post: id }
  },
  async undo(tx, _target, { details: logged }) {
    const post = await postById(tx, details.parse(logged).post)
    if (!post || post.deleted_at !== null || post.merged_into_id !== null) {
      throw new Conflict(msg('moderation.since_changed'))
    }
    await changePostState(tx, post.topic_id, post.id, { deleted_at: Date.now() })
  },
}

function isReady(input: Replying): input is ReadyReply {
  return 'composed' in input && 'viewer' in input
}
