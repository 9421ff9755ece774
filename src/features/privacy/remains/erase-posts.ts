import { setImmediate } from 'node:timers/promises'
import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { emptyPost } from '../../moderation/index.ts'
import { changePostState, changeTopicState, lockTopic, postById, updateTopic } from '../../posts/index.ts'
import { hasAnswersByOthers, postsToErase } from '../queries/remains.ts'

const portion = 100

/**
 * Erases the texts of a member's posts for good, each in a transaction of its own, so that nobody waits for long. A topic
 * that others have answered stays, with its title and without the text that opened it; one that nobody answered goes.
 */
export async function erasePosts(db: Db, memberId: number, now = Date.now()): Promise<void> {
  for (;;) {
    const posts = await postsToErase(db, memberId, portion)
    if (posts.length === 0) return
    for (const { id, topic_id } of posts) {
      await inTransaction(db, tx => erasePost(tx, { id, topicId: topic_id, memberId }, now))
      await setImmediate()
    }
  }
}

interface Erased {
  readonly id: number
  readonly topicId: number
  readonly memberId: number
}

async function erasePost(tx: Tx, { id, topicId, memberId }: Erased, at: number): Promise<void> {
  const topic = await lockTopic(tx, topicId)
  const post = await postById(tx, id)
  if (!topic || !post || post.erased_at !== null) return
  if (topic.first_post_id !== id) {
    await changePostState(tx, topicId, id, { deleted_at: post.deleted_at ?? at })
  } else if (!(await hasAnswersByOthers(tx, topicId, memberId))) {
    await updateTopic(tx, topicId, { title: `#${topicId}`, slug: '' })
    await changeTopicState(tx, topicId, { deleted_at: topic.deleted_at ?? at })
  }
  await emptyPost(tx, id, at)
}
