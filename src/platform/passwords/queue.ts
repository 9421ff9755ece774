import { Unavailable } from '../errors.ts'

export interface QueueOptions {
  /** How many run at the same time. */
  readonly atOnce: number
  /** How many may wait, counted for each lane. */
  readonly waiting: number
}

export type Lane = 'first' | 'others'

/** Runs slow work a few at a time; those in the lane `first` never wait for others that have not begun. */
export class Queue {
  readonly #options: QueueOptions
  readonly #lanes: Record<Lane, (() => void)[]> = { first: [], others: [] }
  #running = 0

  constructor(options: QueueOptions) {
    this.#options = options
  }

  /** Throws Unavailable at once when too many wait in this lane: a flood of strangers fills only its own. */
  async run<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#options.atOnce) this.#running++
    else await this.#turn(lane)
    try {
      return await work()
    } finally {
      this.#next()
    }
  }

  #turn(lane: Lane): Promise<void> {
    if (this.#lanes[lane].length >= this.#options.waiting) throw new Unavailable()
    return new Promise(begin => this.#lanes[lane].push(begin))
  }

  /** Whoever waits takes over the place that became free, so that no newcomer slips in between. */
  #next(): void {
    const begin = this.#lanes.first.shift() ?? this.#lanes.others.shift()
    if (begin) begin()
    else this.#running--
  }
}
