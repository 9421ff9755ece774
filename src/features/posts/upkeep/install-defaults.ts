import { bumpRevisions, type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { addForum, forumTree } from '../../forums/index.ts'
import { composePost } from '../compose-post.ts'
import { openTopic } from '../open-topic.ts'
import { unownedTopic } from '../queries/topics.ts'
import { takeOverPost } from '../take-over.ts'
import { category, forums, welcome } from './default-texts.ts'

/** Stands for the author of the welcome topic until there is an administrator. */
const houseName = 'Stoa'

/**
 * What a new forum begins with: a category of three forums and a topic that says what is special here. Nothing when
 * there is a forum already; of processes that start at once, one does it. Says whether it was this one.
 */
export async function installDefaults(db: Db): Promise<boolean> {
  if (await hasForum(db)) return false
  const composed = await composePost(db, { body: welcome.body, format: 'markdown' })
  return inTransaction(db, async tx => {
    // Whoever else is starting waits for this row, and then finds the forums.
    await bumpRevisions(tx, 'shell')
    if (await hasForum(tx)) return false
    const forumIds = await addDefaultForums(tx)
    await openTopic(tx, {
      forumId: forumIds[welcome.forum] ?? 0,
      title: welcome.title,
      memberId: null,
      guestName: houseName,
      html: composed.html,
      text: composed.text,
      contentVersion: composed.version,
      quotes: composed.quotes,
      createdAt: Date.now(),
      address: null,
      pendingReason: null,
    })
    return true
  })
}

async function hasForum(db: Db): Promise<boolean> {
  return (await forumTree(db)).roots.length > 0
}

async function addDefaultForums(tx: Tx): Promise<number[]> {
  const shared = { guestPosting: null }
  const parentId = await addForum(tx, { ...shared, ...category, kind: 'category', parentId: null })
  const ids: number[] = []
  for (const forum of forums) ids.push(await addForum(tx, { ...shared, ...forum, kind: 'forum', parentId }))
  return ids
}

/** Gives the welcome topic to the first administrator; does nothing when somebody has it, or it is gone. */
export async function adoptWelcome(tx: Tx, memberId: number): Promise<void> {
  const topic = await unownedTopic(tx, houseName)
  if (topic?.first_post_id) await takeOverPost(tx, topic.first_post_id, memberId)
}
