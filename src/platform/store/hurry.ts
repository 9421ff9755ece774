import { AsyncLocalStorage } from 'node:async_hooks'

/** So long a request may wait for PostgreSQL in all, in milliseconds: whoever asked hears of it within five seconds. */
export const hurryMs = 4000

/** What one press of a button may take that moves thousands of rows, in milliseconds. */
export const longHurryMs = 60_000

const hurries = new AsyncLocalStorage<Hurry>()

/**
 * Whatever `act` starts waits for PostgreSQL for so long in all, and is then told that the database is unavailable. That
 * ends when what this returns is called: what goes on after the request takes its time, like all other work. SQLite knows
 * by itself when it has waited for too long.
 */
export function inHurry(act: () => void, mostMs = hurryMs): () => void {
  const hurry = new Hurry(mostMs)
  hurries.run(hurry, act)
  return () => hurry.end()
}

/** Is anybody waiting for what is done here? */
export function currentHurry(): Hurry | undefined {
  const hurry = hurries.getStore()
  return hurry?.isOver ? undefined : hurry
}

/** Waits for what somebody else has asked the database for already: it takes of one's own time too. */
export function waitWithOthers<T>(asked: Promise<T>): Promise<T> {
  const hurry = currentHurry()
  return hurry ? spending(hurry, asked) : asked
}

async function spending<T>(hurry: Hurry, asked: Promise<T>): Promise<T> {
  const since = performance.now()
  try {
    return await asked
  } finally {
    hurry.spend(performance.now() - since)
  }
}

/** The time that one request has left to wait for the database. What it asks at once counts once. */
export class Hurry {
  isOver = false
  #leftMs: number
  #waiting = 0
  #since = 0

  constructor(mostMs: number) {
    this.#leftMs = mostMs
  }

  get leftMs(): number {
    return this.#leftMs - (this.#waiting > 0 ? performance.now() - this.#since : 0)
  }

  /** It is clear by now that this takes longer. */
  extendTo(milliseconds: number): void {
    this.#leftMs = Math.max(this.#leftMs, milliseconds)
  }

  spend(milliseconds: number): void {
    this.#leftMs -= milliseconds
  }

  end(): void {
    this.isOver = true
  }

  /** What `ask` gives, unless no time is left: then it is not asked, or `onLate` is told, and this throws. */
  async wait<T>(ask: () => Promise<T>, onLate: (asked: Promise<T>) => void): Promise<T> {
    const { leftMs } = this
    if (leftMs <= 0) throw new TooLate()
    if (this.#waiting++ === 0) this.#since = performance.now()
    try {
      return await inTime(ask(), leftMs, onLate)
    } finally {
      const left = this.leftMs
      if (--this.#waiting === 0) this.#leftMs = left
    }
  }
}

async function inTime<T>(asked: Promise<T>, milliseconds: number, onLate: (asked: Promise<T>) => void): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    onLate(asked)
    late.reject(new TooLate())
  }, milliseconds)
  try {
    return await Promise.race([asked, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

class TooLate extends Error {
  readonly code = 'ETIMEDOUT'

  constructor() {
    super('The database did not answer in time')
  }
}
