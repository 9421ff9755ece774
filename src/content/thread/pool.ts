import { Worker } from 'node:worker_threads'
import { Invalid, type Message, msg, Unavailable } from '../../platform/errors.ts'
import type { Work } from './work.ts'

export type Task = { readonly kind: keyof Work; readonly args: readonly unknown[] }

export type Answer =
  | { readonly done: unknown }
  | { readonly refused: Record<string, Message> }
  | { readonly failed: string }

type Waiting = Task & { readonly resolve: (done: never) => void; readonly reject: (error: Error) => void }

const mostThreads = 2
const mostWaiting = 20
/** Milliseconds. No text within the limits comes near it. */
const longest = 10_000

const waiting: Waiting[] = []
const threads = new Set<Thread>()

/** Does it away from the thread that answers requests. Throws Unavailable when too many wait already. */
export function inThread<K extends keyof Work>(kind: K, ...args: Parameters<Work[K]>): Promise<ReturnType<Work[K]>> {
  if (waiting.length >= mostWaiting) throw busy()
  return new Promise((resolve, reject) => {
    waiting.push({ kind, args, resolve, reject })
    for (const thread of threads) thread.takeNext()
    if (waiting.length > 0 && threads.size < mostThreads) threads.add(new Thread())
  })
}

function busy(): Unavailable {
  return new Unavailable(5, msg('content.busy'))
}

class Thread {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'compose' })
  #task: Waiting | undefined
  #timer: NodeJS.Timeout | undefined

  constructor() {
    this.#worker.on('message', (answer: Answer) => this.#finish(answer))
    this.#worker.on('error', error => this.#task?.reject(error))
    this.#worker.on('exit', () => this.#end())
    this.takeNext()
  }

  /** A thread without work does not keep the process alive. */
  takeNext(): void {
    if (this.#task) return
    this.#task = waiting.shift()
    if (!this.#task) this.#worker.unref()
    else this.#begin(this.#task)
  }

  #begin({ kind, args }: Task): void {
    this.#worker.ref()
    this.#timer = setTimeout(() => void this.#worker.terminate(), longest)
    this.#worker.postMessage({ kind, args } satisfies Task)
  }

  #finish(answer: Answer): void {
    const task = this.#task
    this.#task = undefined
    clearTimeout(this.#timer)
    if ('done' in answer) task?.resolve(answer.done as never)
    else task?.reject('refused' in answer ? new Invalid(answer.refused) : new Error(answer.failed))
    this.takeNext()
  }

  #end(): void {
    clearTimeout(this.#timer)
    threads.delete(this)
    this.#task?.reject(busy())
    if (waiting.length > 0) threads.add(new Thread())
  }
}
