import type { Tx } from '../store/index.ts'
import { insertJob } from './queries.ts'

export type EnqueueOptions = {
  /** Epoch milliseconds; now when absent. */
  runAt?: number
  /** A waiting job with the same key is kept, as it is, instead of a second one. */
  key?: string
}

/**
 * Leaves work to be done after this transaction, and only if it commits. The payload is JSON and holds ids, never
 * secrets. A job may run more than once, so its handler must not mind.
 */
export async function enqueue(tx: Tx, name: string, payload: unknown, options: EnqueueOptions = {}): Promise<void> {
  const now = Date.now()
  await insertJob(tx, {
    name,
    payload: JSON.stringify(payload ?? null),
    key: options.key ?? null,
    created_at: now,
    run_at: options.runAt ?? now,
  })
}
