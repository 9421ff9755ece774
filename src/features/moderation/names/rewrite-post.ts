import { quotesIn, textOf } from '../../../content/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { lockTopic, postById, updatePost, writeQuotes } from '../../posts/index.ts'

export interface StoredPost {
  readonly id: number
  readonly topic_id: number
  readonly html: string
}

/** Puts other HTML in the place of what a post says, as no edit; false when somebody has changed it meanwhile. */
export async function rewritePost(db: Db, { id, topic_id, html }: StoredPost, clean: string): Promise<boolean> {
  const quotes = quotesIn(clean)
  const text = textOf(clean)
  return inTransaction(db, async tx => {
    await lockTopic(tx, topic_id)
    if ((await postById(tx, id))?.html !== html) return false
    await updatePost(tx, id, { html: clean, text })
    await writeQuotes(tx, id, quotes)
    return true
  })
}
