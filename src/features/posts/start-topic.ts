import { randomUUID } from 'node:crypto'
import { SignInNeeded } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import type { ForumNode } from '../forums/index.ts'
import type { Viewer } from '../members/index.ts'
import { judgeWriting } from '../rules/index.ts'
import { settings } from '../settings/index.ts'
import { composePost } from './compose-post.ts'
import { countPost } from './flood.ts'
import { once, postSentBefore, submissionKey } from './once.ts'
import type { Alongside, ReplyDraft } from './post-reply.ts'
import type { Post } from './queries/posts.ts'
import { refusalToStart } from './refusals.ts'
import { writeTopic } from './write-post.ts'

export interface TopicDraft extends ReplyDraft {
  readonly title: string
  /** What stands before the title. */
  readonly prefix?: number | null
}

/** A member's topic, by its opening post. It appears at once or waits for approval. Throws as `postReply` does. */
export async function startTopic(
  db: Db,
  viewer: Viewer,
  forum: ForumNode,
  draft: TopicDraft,
  alongside?: Alongside,
): Promise<Post> {
  const { member } = viewer
  if (!member) throw new SignInNeeded()
  const { title, prefix = null } = draft
  const submission = submissionKey(draft.submission ?? randomUUID(), 'topic', forum.id, title, draft.body)
  const sent = await postSentBefore(db, member.id, submission)
  if (sent) return sent
  const refusal = refusalToStart(viewer, forum, 'member')
  if (refusal) throw refusal
  const composed = await composePost(db, draft, { viewer })
  const judged = await judgeWriting(db, viewer, { ...composed, forumId: forum.id, title })
  const rules = await settings(db)
  const { post } = await once(db, member.id, submission, async tx => {
    await countPost(tx, viewer, forum.id, rules)
    await alongside?.(tx)
    return writeTopic(tx, { viewer, guestName: null, rules: judged }, forum.id, { title, prefix, composed }, rules)
  })
  return post
}
