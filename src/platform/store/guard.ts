import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * When what a transaction wrote is on the disk: at its commit, which waits for it; before whoever asked for it hears of
 * it; or some time later, so that a power cut may take it back.
 */
export type Durability = 'at commit' | 'before the answer' | 'later'

type Inside = { open: boolean; readonly durability: Durability }

/**
 * Knows whether the code that runs now stands inside a transaction of one store. Using the store itself there would hang
 * SQLite, whose one connection is taken, and silently leave the transaction on PostgreSQL: so it throws instead.
 */
export class TransactionGuard {
  readonly #inside = new AsyncLocalStorage<Inside>()

  /** Of a transaction that begins now. */
  get durability(): Durability {
    return this.#inside.getStore()?.durability ?? 'at commit'
  }

  /** Throws a plain Error, a fault of ours, when a transaction is open around the caller. */
  assertOutside(): void {
    if (this.#inside.getStore()?.open) {
      throw new Error('Inside a transaction everything goes through its tx, and transactions do not nest')
    }
  }

  /** What the transaction that `begin` begins writes is on the disk then. Throws as `assertOutside`. */
  async withDurability<T>(durability: Durability, begin: () => Promise<T>): Promise<T> {
    this.assertOutside()
    return this.#inside.run({ open: false, durability }, begin)
  }

  /** What was started inside and outlives the transaction, such as a timer, stands outside again. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    const state: Inside = { open: true, durability: 'at commit' }
    try {
      return await this.#inside.run(state, act)
    } finally {
      state.open = false
    }
  }
}
