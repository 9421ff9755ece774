const usual = 128 * 1024
const largestKept = 1024 * 1024
const mostBytesOfUnit = 3

/**
 * What pages are written on, as the bytes that are sent: to join thousands of short texts first, and to encode what comes
 * of it, takes longer than to make the page. Whoever writes takes off what they wrote, so others may write meanwhile.
 */
export class Sheet {
  #bytes = Buffer.allocUnsafeSlow(usual)
  #end = 0

  /** Where the next text will stand. */
  get end(): number {
    return this.#end
  }

  write(text: string): void {
    this.#makeRoom(text.length * mostBytesOfUnit)
    this.#end += this.#bytes.write(text, this.#end)
  }

  /** Text that is encoded already. */
  copy(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#end)
    this.#end += bytes.length
  }

  /** What was written since. */
  textFrom(start: number): string {
    return this.#bytes.toString('utf8', start, this.#end)
  }

  /** Takes off what was written since. */
  takeFrom(start: number): Buffer {
    const taken = Buffer.allocUnsafeSlow(this.#end - start)
    this.#bytes.copy(taken, 0, start, this.#end)
    this.eraseFrom(start)
    return taken
  }

  eraseFrom(start: number): void {
    this.#end = start
    if (start === 0 && this.#bytes.length > largestKept) this.#bytes = Buffer.allocUnsafeSlow(usual)
  }

  #makeRoom(bytes: number): void {
    const needed = this.#end + bytes
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#end)
    this.#bytes = larger
  }
}
