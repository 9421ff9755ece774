import type { Tx } from '../../platform/store/index.ts'
import { insertDraft, sameDraft, trimDrafts } from './queries.ts'

/** A text that could not be posted where it was meant for. */
export interface KeptText {
  readonly memberId: number
  readonly forumId: number | null
  /** null: it would have opened a topic. */
  readonly topicId: number | null
  readonly title: string | null
  /** What is to stand before the title. */
  readonly prefix: number | null
  /** As typed. */
  readonly body: string
  readonly format: 'markdown' | 'html'
  /** Why it is no post, as a phrase key. */
  readonly reason: string | null
}

const most = 100

/** Keeps a text for its writer; the same text for the same place is kept once, and of very many the newest. Its number. */
export async function saveDraft(tx: Tx, text: KeptText): Promise<number> {
  const draft = {
    member_id: text.memberId,
    forum_id: text.forumId,
    topic_id: text.topicId,
    title: text.title,
    prefix_id: text.prefix,
    body: text.body,
    format: text.format,
    reason: text.reason,
    created_at: Date.now(),
    place: null,
  }
  const known = await sameDraft(tx, draft)
  if (known !== undefined) return known
  const id = await insertDraft(tx, draft)
  await trimDrafts(tx, text.memberId, most)
  return id
}
