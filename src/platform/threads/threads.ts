import module from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Message, Unavailable } from '../errors.ts'

export interface ThreadsOptions {
  /** The module that works; it exports `answer`, which is given a task and returns, or resolves with, what it comes to. */
  readonly file: URL
  readonly name: string
  /** How many there are at the same time. */
  readonly most: number
  /** How many tasks may wait for one of them. */
  readonly waiting: number
  /** Said to whoever comes when too many wait. */
  readonly busy?: Message
  /** How large its old generation may grow, in MB: a thread collects its garbage the later the more it may have. */
  readonly heapMb: number
  /** After this many milliseconds a task is given up. */
  readonly longestMs?: number
  /** How long a thread without work stays. */
  readonly restMs?: number
}

type Said<A> = { readonly answer: A } | { readonly failed: string }

type Waiting<T, A> = {
  readonly task: T
  readonly resolve: (answer: A) => void
  readonly reject: (error: Error) => void
}

/** To the system, ten steps behind the thread that answers requests: about a tenth of its share when both want to run. */
const niceness = 10
const youngMb = 4
const retryAfter = 5

/**
 * Does what takes long away from the thread that answers requests, and gives way to it. A thread starts when there is
 * work for it and ends when there was none for a while: each takes memory of its own.
 */
export class Threads<T, A> {
  readonly options: ThreadsOptions
  readonly #waiting: Waiting<T, A>[] = []
  readonly #threads = new Set<Thread<T, A>>()

  constructor(options: ThreadsOptions) {
    this.options = options
  }

  /** How many there are now. */
  get size(): number {
    return this.#threads.size
  }

  /** In the order of asking. Throws Unavailable when too many wait, and when the task takes too long or too much memory. */
  async run(task: T): Promise<A> {
    if (this.#waiting.length >= this.options.waiting) throw this.busy()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject })
      for (const thread of this.#threads) thread.takeNext()
      this.#start()
    })
  }

  next(): Waiting<T, A> | undefined {
    return this.#waiting.shift()
  }

  ended(thread: Thread<T, A>): void {
    this.#threads.delete(thread)
    this.#start()
  }

  busy(): Unavailable {
    return new Unavailable(retryAfter, this.options.busy)
  }

  #start(): void {
    if (this.#waiting.length > 0 && this.#threads.size < this.options.most) void oneByOne(() => this.#startNow())
  }

  /** Resolves when there is one more, unless others have done the work meanwhile. If none can be made, who waits is told. */
  async #startNow(): Promise<void> {
    if (this.#waiting.length === 0 || this.#threads.size >= this.options.most) return
    try {
      const thread = new Thread(this)
      this.#threads.add(thread)
      await thread.isThere
    } catch (error) {
      this.next()?.reject(error instanceof Error ? error : this.busy())
    }
  }
}

type Start = () => Promise<void>

const starts: Start[] = []
let isStarting = false

/** A thread does not give way yet while it starts: several at once would keep the one that answers requests waiting. */
async function oneByOne(start: Start): Promise<void> {
  starts.push(start)
  if (isStarting) return
  isStarting = true
  for (let next = starts.shift(); next; next = starts.shift()) await next()
  isStarting = false
}

class Thread<T, A> {
  readonly #of: Threads<T, A>
  readonly #worker: Worker
  #task: Waiting<T, A> | undefined
  #timer: NodeJS.Timeout | undefined
  #leaves = false
  /** Resolves when it runs, or has ended. */
  readonly isThere: Promise<void>

  constructor(of: Threads<T, A>) {
    this.#of = of
    this.#worker = newWorker(of.options)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.isThere = promise
    this.#worker.once('online', resolve)
    this.#worker.once('exit', () => resolve())
    this.#worker.on('message', (said: Said<A>) => this.#finish(said))
    this.#worker.on('error', error => this.#giveUp(isOutOfMemory(error) ? of.busy() : error))
    this.#worker.on('exit', () => this.#end())
    this.takeNext()
  }

  /** A thread without work does not keep the process alive. */
  takeNext(): void {
    if (this.#task || this.#leaves) return
    clearTimeout(this.#timer)
    this.#task = this.#of.next()
    const { longestMs, restMs = 2000 } = this.#of.options
    if (this.#task) {
      this.#worker.ref()
      this.#worker.postMessage(this.#task.task)
      if (longestMs) this.#timer = setTimeout(() => void this.#worker.terminate(), longestMs)
    } else {
      this.#worker.unref()
      this.#timer = setTimeout(() => this.#leave(), restMs).unref()
    }
  }

  /** It tidies up and ends; what is asked for meanwhile is the next one's. */
  #leave(): void {
    this.#leaves = true
    this.#worker.postMessage(null)
  }

  #finish(said: Said<A>): void {
    const task = this.#task
    this.#task = undefined
    if ('answer' in said) task?.resolve(said.answer)
    else task?.reject(new Error(said.failed))
    this.takeNext()
  }

  #giveUp(error: Error): void {
    this.#task?.reject(error)
    this.#task = undefined
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#giveUp(this.#of.busy())
    this.#of.ended(this)
  }
}

function newWorker({ file, name, heapMb }: ThreadsOptions): Worker {
  const kept = module.getCompileCacheDir()
  return new Worker(new URL('./thread.mjs', import.meta.url), {
    name,
    workerData: { file: file.href, niceness, compiled: kept && dirname(kept) },
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
  })
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
