import { setImmediate } from 'node:timers/promises'

const writeEveryMs = 500

/** Counts rows while they are written, says so now and then, and lets others have their turn. */
export class Progress {
  readonly #write: (done: number) => Promise<void>
  #done = 0
  #written = 0

  constructor(write: (done: number) => Promise<void>) {
    this.#write = write
  }

  /** After each portion. */
  async add(rows: number): Promise<void> {
    this.#done += rows
    await setImmediate()
    if (Date.now() - this.#written < writeEveryMs) return
    this.#written = Date.now()
    await this.#write(this.#done)
  }
}
