import { type Db, identityOf } from '../store/index.ts'
import { type Answers, answerEvents } from './events/events.ts'
import { type Handlers, type JobReport, runNextJob } from './run-job.ts'
import { enqueueDueSchedules, type Schedule } from './schedule.ts'

export type WorkerOptions = {
  db: Db
  handlers: Handlers
  schedule?: readonly Schedule[]
  /** Who answers what happened. */
  answers?: Answers
  /** Jobs that may wait long for somebody elsewhere: each group of them has lanes of its own, and holds up no others. */
  apart?: readonly (readonly string[])[]
  /** Jobs at a time in this process: so many of each group apart, and so many of all others. */
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
  const workers = workersOf(options.db)
  workers.add(work)
  const timer = setInterval(() => work.look(), options.pollMs ?? 1000)
  work.look()
  return {
    wake: () => work.look(),
    stop: () => {
      clearInterval(timer)
      workers.delete(work)
      return work.finish()
    },
  }
}

const known = new WeakMap<object, Set<WorkInHand>>()

function workersOf(db: Db): Set<WorkInHand> {
  const workers = known.get(identityOf(db)) ?? new Set()
  known.set(identityOf(db), workers)
  return workers
}

/** No worker of this process takes anything new before what this gives is called; resolves when all have come to rest. */
export async function pauseWork(db: Db): Promise<() => void> {
  const goOn = await Promise.all([...workersOf(db)].map(worker => worker.pause()))
  return () => {
    for (const one of goOn) one()
  }
}

/** Lanes in which the same jobs are done. */
type Road = { readonly handlers: Handlers; readonly lanes: Set<Promise<void>> }

class WorkInHand {
  readonly #options: WorkerOptions
  readonly #roads: readonly Road[]
  readonly #scheduled: ReadonlySet<string>
  #scheduling: Promise<void> | undefined
  #stopped = false
  #pauses = 0

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#roads = roadsOf(options)
    this.#scheduled = new Set(options.schedule?.map(({ name }) => name))
  }

  look(): void {
    if (this.#stopped || this.#pauses > 0) return
    this.#scheduling ??= this.#schedule().finally(() => {
      this.#scheduling = undefined
      this.#fillLanes()
    })
    this.#fillLanes()
  }

  async finish(): Promise<void> {
    this.#stopped = true
    await this.#rest()
  }

  /** Takes nothing new before what this gives is called; resolves when what is under way is done. */
  async pause(): Promise<() => void> {
    this.#pauses++
    await this.#rest()
    return () => {
      this.#pauses--
      this.look()
    }
  }

  async #rest(): Promise<void> {
    await this.#scheduling
    await Promise.all(this.#roads.flatMap(({ lanes }) => [...lanes]))
  }

  async #schedule(): Promise<void> {
    const { db, schedule = [], answers = {}, onError } = this.#options
    await enqueueDueSchedules(db, schedule).catch(onError)
    await answerEvents(db, answers, onError).catch(onError)
  }

  get #works(): boolean {
    return !this.#stopped && this.#pauses === 0
  }

  /** A lane does job after job until there is none. */
  #fillLanes(): void {
    const { concurrency = 2 } = this.#options
    for (const { handlers, lanes } of this.#roads) {
      while (this.#works && lanes.size < concurrency) {
        const lane = this.#work(handlers).finally(() => lanes.delete(lane))
        lanes.add(lane)
      }
    }
  }

  async #work(handlers: Handlers): Promise<void> {
    const { db, onJob, onError } = this.#options
    try {
      while (this.#works) {
        const report = await runNextJob(db, handlers, Date.now, this.#scheduled)
        if (!report) return
        onJob?.(report)
      }
    } catch (error) {
      onError(error)
    }
  }
}

function roadsOf({ handlers, apart = [] }: WorkerOptions): Road[] {
  const roads = Map.groupBy(Object.entries(handlers), ([name]) => apart.findIndex(group => group.includes(name)))
  return [...roads.values()].map(those => ({ handlers: Object.fromEntries(those), lanes: new Set() }))
}
