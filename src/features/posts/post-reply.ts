import { randomUUID } from 'node:crypto'
import { SignInNeeded } from '../../platform/errors.ts'
import type { Db, Tx } from '../../platform/store/index.ts'
import { forumTree } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { judgeWriting } from '../rules/index.ts'
import { settings } from '../settings/index.ts'
import type { Topic } from '../topics/index.ts'
import { composePost, type Typed } from './compose-post.ts'
import { countPost } from './flood.ts'
import { once, postSentBefore, submissionKey } from './once.ts'
import type { Post } from './queries/posts.ts'
import { refusalToReply } from './refusals.ts'
import { writeReply } from './write-post.ts'

export interface ReplyDraft extends Typed {
  /** The form's own number; the same form with the same text makes one post. */
  readonly submission?: string
}

/** What happens in the transaction that writes it, and only then. */
export type Alongside = (tx: Tx) => Promise<void>

/**
 * A member's reply appears at once or waits for approval (`pending_at`). Throws Invalid for what cannot be posted,
 * TooMany, or the refusal that says what happened to the topic. A guest's never comes here: it is a claim.
 */
export async function postReply(
  db: Db,
  viewer: Viewer,
  topic: Topic,
  draft: ReplyDraft,
  alongside?: Alongside,
): Promise<Post> {
  const { member } = viewer
  if (!member) throw new SignInNeeded()
  const submission = submissionKey(draft.submission ?? randomUUID(), 'reply', topic.id, draft.body)
  const sent = await postSentBefore(db, member.id, submission)
  if (sent) return sent
  const refusal = refusalToReply(viewer, (await forumTree(db)).byId.get(topic.forum_id), topic, 'member')
  if (refusal) throw refusal
  const composed = await composePost(db, draft, { viewer })
  const judged = await judgeWriting(db, viewer, { ...composed, forumId: topic.forum_id, title: null })
  const rules = await settings(db)
  const { post } = await once(db, member.id, submission, async tx => {
    await countPost(tx, viewer, topic.forum_id, rules)
    await alongside?.(tx)
    return writeReply(tx, { viewer, guestName: null, rules: judged }, topic.id, composed, rules)
  })
  return post
}
