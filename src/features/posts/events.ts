import { record } from '../../platform/jobs/index.ts'
import type { Tx } from '../../platform/store/index.ts'

/** A post came to be seen by everybody who may read there: at once, or when it was approved. */
export const postPublished = 'post.published'

export interface PostPublished {
  readonly postId: number
  /** When: epoch milliseconds. */
  readonly at: number
}

/** Writes it down in the transaction in which it happens. */
export async function recordPublished(tx: Tx, postId: number): Promise<void> {
  const published: PostPublished = { postId, at: Date.now() }
  await record(tx, postPublished, published)
}
