/**
 * Begins one thing in each turn of the event loop, in the order in which they came. Between two of them whatever else has
 * come meanwhile is read and answered.
 */
export class OneByOne {
  readonly #waiting: (() => void)[] = []
  #goesOn = false

  begin(act: () => void): void {
    this.#waiting.push(act)
    if (!this.#goesOn) setImmediate(this.#next)
    this.#goesOn = true
  }

  readonly #next = (): void => {
    const act = this.#waiting.shift()
    this.#goesOn = this.#waiting.length > 0
    if (this.#goesOn) setImmediate(this.#next)
    act?.()
  }
}
