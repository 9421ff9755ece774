/**
 * Asks once for everybody who comes in the same turn of the event loop. It asks after all of them have come, so each of
 * them gets an answer that knows of everything that was done before they came.
 */
export class Together<About extends object, Answer> {
  readonly #ask: (about: About) => Promise<Answer>
  #waiting = new Map<About, PromiseWithResolvers<Answer>>()

  constructor(ask: (about: About) => Promise<Answer>) {
    this.#ask = ask
  }

  of(about: About): Promise<Answer> {
    const known = this.#waiting.get(about)
    if (known) return known.promise
    if (this.#waiting.size === 0) setImmediate(() => this.#askAll())
    const answer = Promise.withResolvers<Answer>()
    this.#waiting.set(about, answer)
    return answer.promise
  }

  #askAll(): void {
    const waiting = this.#waiting
    this.#waiting = new Map()
    for (const [about, { resolve, reject }] of waiting) this.#ask(about).then(resolve, reject)
  }
}
