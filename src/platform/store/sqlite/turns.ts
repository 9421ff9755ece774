import { setTimeout } from 'node:timers/promises'
import { isBusy } from '../trouble.ts'

/** So long nobody of this process may get to write before all are told that the database is unavailable. */
const patienceMs = 4000

const shortestPauseMs = 2
const longestPauseMs = 50

/**
 * Whose turn it is to use the one connection. SQLite would wait for another process that writes, and with it everything
 * in this one; here others go on reading meanwhile. Once nobody has got to write for long, whoever comes next is refused
 * at once.
 */
export class Turns {
  readonly #waiting: (() => void)[] = []
  #taken = false
  /** Since somebody took the turn. */
  #hasWritten = false
  /** Since when everybody who wanted to write was told to wait. */
  #busySince: number | undefined

  get isTaken(): boolean {
    return this.#taken
  }

  get hasWritten(): boolean {
    return this.#hasWritten
  }

  async take(): Promise<void> {
    if (this.#taken) await new Promise<void>(resolve => this.#waiting.push(resolve))
    this.#taken = true
  }

  /**
   * SQLite works at once, so that whoever writes many times, and all who wait for the same turn, would go on without
   * anything else of this process between them: after each that waited for the disk, requests that came meanwhile are read.
   */
  release(): void {
    if (this.#hasWritten) setImmediate(() => this.#passOn())
    else this.#passOn()
    this.#hasWritten = false
  }

  #passOn(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#taken = false
  }

  /** For whoever has the turn, outside of transactions. Throws Unavailable when another process kept writing for too long. */
  async whenFree<T>(act: () => T): Promise<T> {
    const began = performance.now()
    for (let pause = shortestPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        return act()
      } catch (error) {
        if (!isBusy(error) || this.#isTooLong(began)) throw error
      }
      await this.#stepAside(pause)
    }
  }

  /** Somebody of this process got to write. */
  wrote(): void {
    this.#busySince = undefined
    this.#hasWritten = true
  }

  async #stepAside(milliseconds: number): Promise<void> {
    this.release()
    await setTimeout(milliseconds)
    await this.take()
  }

  #isTooLong(began: number): boolean {
    const now = performance.now()
    this.#busySince ??= now
    return now - Math.min(began, this.#busySince) > patienceMs
  }
}
