import { enqueue } from '../../platform/jobs/index.ts'
import { bumpRevisions, type Db, inTransaction, type Tx } from '../../platform/store/index.ts'

/** For at most so long a cached page may show an old count of views or of a member's posts, in milliseconds. */
const lag = 30_000

/** The job that makes pages with counts stale. */
export const refreshCountsJob = 'posts.refresh-counts'

/** Members' counts stand on many pages; all of them turn stale together, at most once in every half minute. */
export async function refreshCountsSoon(tx: Tx): Promise<void> {
  await enqueue(tx, refreshCountsJob, {}, { key: refreshCountsJob, runAt: Date.now() + lag })
}

/** Makes every cached page with counts stale. */
export async function refreshCounts(db: Db): Promise<void> {
  await inTransaction(db, tx => bumpRevisions(tx, 'counts'))
}
