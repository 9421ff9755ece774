import { Threads } from '../../threads/index.ts'
import type { SqliteFile } from './open.ts'

/** So many new pages in the log are worth a checkpoint: 4 MB. */
const pagesEach = 1000

/** SQLite makes one itself, in the commit that comes upon so many: the log stays bounded whatever becomes of the thread. */
const pagesAtMost = 4000

const threads = new Threads<string, null>({
  file: new URL('./checkpoint-thread.ts', import.meta.url),
  name: 'checkpoints',
  most: 1,
  waiting: Number.POSITIVE_INFINITY,
  heapMb: 16,
})

type Log = { readonly log: number; readonly checkpointed: number }

/**
 * Brings what was committed from the log into the file, in a thread: in a commit, as SQLite does it, somebody's request
 * would wait for 13 ms and more. Where the thread fails, SQLite does it in its way again.
 */
export class Checkpoints {
  readonly #database: SqliteFile
  #state: { readonly get: () => unknown } | undefined
  #work: Promise<void> | undefined
  /** How long the log was after the last one: what somebody who reads kept it from is tried again with the next pages. */
  #seen = 0

  constructor(database: SqliteFile) {
    this.#database = database
    if (database.memory) return
    this.#state = database.prepare('pragma wal_checkpoint(noop)')
    database.pragma(`wal_autocheckpoint = ${pagesAtMost}`)
  }

  /** Somebody has written. */
  look(): void {
    if (this.#work || !this.#state || this.#database.inTransaction) return
    if (!this.#isDue(this.#state.get() as Log)) return
    this.#work = this.#run().finally(() => {
      this.#work = undefined
    })
  }

  /** Begins none any more, and waits for the one under way. */
  async stop(): Promise<void> {
    this.#state = undefined
    await this.#work
  }

  #isDue({ log, checkpointed }: Log): boolean {
    if (log < this.#seen) this.#seen = 0
    if (log - Math.max(checkpointed, this.#seen) < pagesEach) return false
    this.#seen = log
    return true
  }

  async #run(): Promise<void> {
    try {
      await threads.run(this.#database.name)
    } catch {
      this.#state = undefined
      if (this.#database.open) this.#database.pragma(`wal_autocheckpoint = ${pagesEach}`)
    }
  }
}
