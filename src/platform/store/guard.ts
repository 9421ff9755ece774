import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Knows whether the code that runs now stands inside a transaction of one store. Using the store itself there would hang
 * SQLite, whose one connection is taken, and silently leave the transaction on PostgreSQL: so it throws instead.
 */
export class TransactionGuard {
  readonly #inside = new AsyncLocalStorage<{ open: boolean; readonly syncs: boolean }>()

  /** Whether the commit of a transaction that begins now waits for the disk. */
  get syncs(): boolean {
    return this.#inside.getStore()?.syncs ?? true
  }

  /** Throws a plain Error, a fault of ours, when a transaction is open around the caller. */
  assertOutside(): void {
    if (this.#inside.getStore()?.open) {
      throw new Error('Inside a transaction everything goes through its tx, and transactions do not nest')
    }
  }

  /** The transaction that `begin` begins does not wait for the disk. Throws as `assertOutside`. */
  async withoutSync<T>(begin: () => Promise<T>): Promise<T> {
    this.assertOutside()
    return this.#inside.run({ open: false, syncs: false }, begin)
  }

  /** What was started inside and outlives the transaction, such as a timer, stands outside again. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    const state = { open: true, syncs: true }
    try {
      return await this.#inside.run(state, act)
    } finally {
      state.open = false
    }
  }
}
