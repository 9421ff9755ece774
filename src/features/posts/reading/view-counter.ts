import { type Db, withoutSync } from '../../../platform/store/index.ts'
import { refreshCountsSoon } from '../lagging-counts.ts'
import { addViews } from '../queries/views.ts'

/** For at most so long views are known to this process alone, in milliseconds. */
const every = 30_000
const batch = 500

/** Counts how often topics are read, without writing anything while somebody reads. One for each process. */
export class ViewCounter {
  readonly #db: Db
  readonly #onError: (error: unknown) => void
  #seen = new Map<number, number>()
  #timer: NodeJS.Timeout | undefined

  constructor(db: Db, onError: (error: unknown) => void = () => undefined) {
    this.#db = db
    this.#onError = onError
  }

  /** Somebody reads the topic. */
  count(topicId: number): void {
    this.#seen.set(topicId, (this.#seen.get(topicId) ?? 0) + 1)
    this.#timer ??= setTimeout(() => void this.flush().catch(this.#onError), every).unref()
  }

  /** Writes what was counted; what cannot be written is kept for the next time. Call it before the store is closed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const seen = [...this.#seen]
    this.#seen = new Map()
    for (let from = 0; from < seen.length; from += batch) {
      const part = seen.slice(from, from + batch)
      try {
        // What a power cut takes back is less than what it takes anyway: whatever was only counted in memory.
        await withoutSync(this.#db, async tx => {
          await addViews(tx, part)
          await refreshCountsSoon(tx)
        })
      } catch (error) {
        this.#takeBack(seen.slice(from))
        throw error
      }
    }
  }

  #takeBack(views: readonly (readonly [number, number])[]): void {
    for (const [id, times] of views) this.#seen.set(id, (this.#seen.get(id) ?? 0) + times)
  }
}
