import type { Entry } from './entry.ts'

/** Keeps entries until they take more than so many bytes; the one not asked for longest goes first. */
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
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry
  }

  put(entry: Entry): void {
    this.#drop(this.#entries.get(entry.key))
    this.#entries.set(entry.key, entry)
    this.#bytes += entry.size
    this.#makeRoom()
  }

  /** An entry that may stand here became larger. */
  grew(entry: Entry, bytes: number): void {
    if (this.#entries.get(entry.key) !== entry) return
    this.#bytes += bytes
    this.#makeRoom()
  }

  #makeRoom(): void {
    for (const entry of this.#entries.values()) {
      if (this.#bytes <= this.#most) return
      this.#drop(entry)
    }
  }

  #drop(entry: Entry | undefined): void {
    if (!entry) return
    this.#entries.delete(entry.key)
    this.#bytes -= entry.size
  }
}
