import type { Db } from '../store/index.ts'
import { type Answers, answerEvents } from './events/events.ts'
import { type Handlers, type JobReport, runNextJob } from './run-job.ts'
import { enqueueDueSchedules, type Schedule } from './schedule.ts'

export type WorkerOptions = {
  db: Db
  handlers: Handlers
  schedule?: readonly Schedule[]
  /** Who answers what happened. */
  answers?: Answers
  /** Jobs at a time in this process. */
  concurrency?: number
  /** How often to look for work. */
  pollMs?: number
  /** After each job, done or not. */
  onJob?: (report: JobReport) => void
  /** Looking for work failed; it goes on looking. */
  onError: (error: unknown) => void
}

export type Worker = {
  /** Looks for work at once. */
  wake(): void
  /** Takes nothing new and resolves when what is under way is done. */
  stop(): Promise<void>
}

/** Does what was enqueued, by this process and by others, until it is stopped. */
export function startWorker(options: WorkerOptions): Worker {
  const work = new WorkInHand(options)
  const timer = setInterval(() => work.look(), options.pollMs ?? 1000)
  work.look()
  return {
    wake: () => work.look(),
    stop: () => {
      clearInterval(timer)
      return work.finish()
    },
  }
}

class WorkInHand {
  readonly #options: WorkerOptions
  readonly #lanes = new Set<Promise<void>>()
  #scheduling: Promise<void> | undefined
  #stopped = false

  constructor(options: WorkerOptions) {
    this.#options = options
  }

  look(): void {
    if (this.#stopped) return
    this.#scheduling ??= this.#schedule().finally(() => {
      this.#scheduling = undefined
      this.#fillLanes()
    })
    this.#fillLanes()
  }

  async finish(): Promise<void> {
    this.#stopped = true
    await this.#scheduling
    await Promise.all(this.#lanes)
  }

  async #schedule(): Promise<void> {
    const { db, schedule = [], answers = {}, onError } = this.#options
    await enqueueDueSchedules(db, schedule).catch(onError)
    await answerEvents(db, answers, onError).catch(onError)
  }

  /** A lane does job after job until there is none. */
  #fillLanes(): void {
    const { concurrency = 2 } = this.#options
    while (!this.#stopped && this.#lanes.size < concurrency) {
      const lane = this.#work().finally(() => this.#lanes.delete(lane))
      this.#lanes.add(lane)
    }
  }

  async #work(): Promise<void> {
    const { db, handlers, onJob, onError } = this.#options
    try {
      while (!this.#stopped) {
        const report = await runNextJob(db, handlers, Date.now)
        if (!report) return
        onJob?.(report)
      }
    } catch (error) {
      onError(error)
    }
  }
}
