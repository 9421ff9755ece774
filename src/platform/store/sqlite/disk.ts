import { type FileHandle, open } from 'node:fs/promises'
import { Unavailable } from '../../errors.ts'
import { explainTrouble } from '../trouble.ts'
import type { SqliteFile } from './open.ts'

/**
 * Waits until what was committed is on the disk. A commit at `synchronous=FULL` does so itself, and with it everything
 * else in this process. One at NORMAL leaves what it wrote at the end of the log, and one `fdatasync` of the log, in a
 * thread, brings all commits before it to the disk (https://www.sqlite.org/wal.html#performance_considerations): the same
 * promise to whoever waits for it, and the next ones go on writing meanwhile.
 */
export class Disk {
  readonly #log: string
  #file: Promise<FileHandle> | undefined
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined
  #failed = false

  constructor({ name, memory }: SqliteFile) {
    this.#log = memory ? '' : `${name}-wal`
  }

  /** When not, commits should wait themselves again: SQLite then tells what is wrong before anything is committed. */
  get works(): boolean {
    return this.#log !== '' && !this.#failed
  }

  /** All that was committed before is there. One who comes while others are waited for is of the next round. Throws Unavailable. */
  async reach(): Promise<void> {
    if (!this.#log) return
    if (!this.#running) return this.#begin()
    const begin = () => this.#begin()
    this.#next ??= this.#running.then(begin, begin)
    return this.#next
  }

  async close(): Promise<void> {
    await (this.#next ?? this.#running)?.catch(() => undefined)
    const file = await this.#file?.catch(() => undefined)
    await file?.close()
  }

  #begin(): Promise<void> {
    this.#next = undefined
    const running = this.#sync().finally(() => {
      if (this.#running === running) this.#running = undefined
    })
    this.#running = running
    return running
  }

  /** Where that failed, it is tried again the next time. */
  #opened(): Promise<FileHandle> {
    this.#file ??= open(this.#log, 'r+').catch(error => {
      this.#file = undefined
      throw error
    })
    return this.#file
  }

  async #sync(): Promise<void> {
    try {
      const file = await this.#opened()
      await file.datasync()
      this.#failed = false
    } catch (error) {
      this.#failed = true
      const explained = explainTrouble(error)
      throw explained instanceof Unavailable ? explained : new Unavailable(2, undefined, { cause: error })
    }
  }
}
