import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { touchForums } from '../../forums/index.ts'
import { updateTopic } from '../../posts/index.ts'
import { deleteLinksOver } from '../../topics/index.ts'
import { pinsOver } from '../queries/over.ts'

/** Ends what has a last day: topics are pinned no longer, and links to topics that were moved away go. */
export async function endDates(db: Db, now = Date.now()): Promise<void> {
  for (const { id } of await pinsOver(db, now)) {
    await inTransaction(db, async tx => {
      const [still] = await pinsOver(tx, now, id)
      if (!still) return
      await updateTopic(tx, id, { pinned_at: null, pinned_until: null })
      await touchForums(tx, [still.forum_id])
    })
  }
  await inTransaction(db, async tx => {
    const forums = await deleteLinksOver(tx, now)
    if (forums.length > 0) await touchForums(tx, [...new Set(forums)])
  })
}
