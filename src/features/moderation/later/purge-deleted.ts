import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { lockTopic, postById, updateTopic } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import { emptyPost, forgetTitles } from '../queries/erase.ts'
import { postsToPurge, textsIn, topicsToPurge } from '../queries/over.ts'

const day = 24 * 60 * 60_000
/** So much at a time, so that nobody waits for it. */
const portion = 100

/**
 * Erases the texts of what has been deleted for as long as the settings keep it, with everything that belongs to them; the
 * files that they showed go with `removeUnused`. The rows stay, so positions and counters do. What others quoted stays
 * theirs. May run again.
 */
export async function purgeDeleted(db: Db, now = Date.now()): Promise<void> {
  const before = now - (await settings(db)).deleted_days * day
  for (let ids = [0]; ids.length > 0; ) {
    ids = await topicsToPurge(db, before, portion)
    for (const id of ids) await purgeTopic(db, id, before, now)
  }
  for (let posts = [{ id: 0, topic_id: 0 }]; posts.length > 0; ) {
    posts = await postsToPurge(db, before, portion)
    for (const { id, topic_id } of posts) await purgePost(db, id, topic_id, before, now)
  }
}

/** It may have been restored meanwhile: then it is left alone. */
async function purgeTopic(db: Db, id: number, before: number, now: number): Promise<void> {
  for (let left = true; left; ) {
    left = await inTransaction(db, async tx => {
      const topic = await lockTopic(tx, id)
      if (!topic || topic.deleted_at === null || topic.deleted_at >= before) return false
      const posts = await textsIn(tx, id, portion)
      for (const post of posts) await emptyPost(tx, post, now)
      if (posts.length === portion) return true
      await updateTopic(tx, id, { title: `#${id}`, slug: '', purged_at: now })
      await forgetTitles(tx, id)
      return false
    })
  }
}

async function purgePost(db: Db, id: number, topicId: number, before: number, now: number): Promise<void> {
  await inTransaction(db, async tx => {
    await lockTopic(tx, topicId)
    const post = await postById(tx, id)
    if (post && post.deleted_at !== null && post.deleted_at < before) await emptyPost(tx, id, now)
  })
}
