import type { Entry } from './entry.ts'

/**
 * Keeps entries until they take more than so many bytes. The oldest goes first; one that was asked for meanwhile stays for
 * another round, which takes less time at every request than to keep all of them in order.
 */
export class Shelf {
  readonly #entries = new Map<string, Entry>()
  readonly #most: number
  #bytes = 0

  constructor(most: number) {
    this.#most = most
  }

  get bytes(): number {
    return this.#bytes
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry) entry.asked = true
    return entry
  }

  put(entry: Entry): void {
    this.#drop(this.#entries.get(entry.key))
    this.#entries.set(entry.key, entry)
    this.#bytes += entry.size
    this.#makeRoom(entry)
  }

  /** An entry that may stand here became larger. */
  grew(entry: Entry, bytes: number): void {
    if (this.#entries.get(entry.key) !== entry) return
    this.#bytes += bytes
    this.#makeRoom(entry)
  }

  #makeRoom(latest: Entry): void {
    // Whoever stays comes again at the end of this walk, and then goes unless there is room by then.
    for (const entry of this.#entries.values()) {
      if (this.#bytes <= this.#most) return
      if (entry.asked) this.#stay(entry)
      else if (entry !== latest) this.#drop(entry)
    }
    if (this.#bytes > this.#most) this.#drop(latest)
  }

  #stay(entry: Entry): void {
    entry.asked = false
    this.#entries.delete(entry.key)
    this.#entries.set(entry.key, entry)
  }

  #drop(entry: Entry | undefined): void {
    if (!entry) return
    this.#entries.delete(entry.key)
    this.#bytes -= entry.size
  }
}
