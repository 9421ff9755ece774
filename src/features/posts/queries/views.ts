import type { Tx } from '../../../platform/store/index.ts'

/** Adds to the views of topics; always in the same order, so that two processes do not wait for each other. */
export async function addViews(tx: Tx, views: Iterable<readonly [topicId: number, times: number]>): Promise<void> {
  for (const [id, times] of [...views].sort(([a], [b]) => a - b)) {
    await tx
      .updateTable('topics')
      .set(eb => ({ views: eb('views', '+', times) }))
      .where('id', '=', id)
      .execute()
  }
}
