const longest = 300

/**
 * What follows from a text alone, worked out once for each of the texts that come again and again: addresses, headers.
 * Long ones, which somebody may make up to fill our memory, are worked out each time.
 */
export class Remembered<T> {
  readonly #workOut: (text: string) => T
  readonly #most: number
  #known = new Map<string, T>()

  constructor(workOut: (text: string) => T, most = 1000) {
    this.#workOut = workOut
    this.#most = most
  }

  of(text: string): T {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const value = this.#workOut(text)
    if (text.length <= longest) this.#keep(text, value)
    return value
  }

  /** What is in use comes back at once after everything was forgotten, which is cheaper than to keep an order. */
  #keep(text: string, value: T): void {
    if (this.#known.size >= this.#most) this.#known = new Map()
    this.#known.set(text, value)
  }
}
