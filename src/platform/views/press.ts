import type { Compiled } from './compile.ts'
import type { KeptParts } from './kept-parts.ts'
import { Sheet } from './sheet.ts'

type Data = Readonly<Record<string, unknown>>
type Find = (view: string) => Compiled

/** What `include` gives: a part that is written where the view writes it, be it at once or inside of another part. */
class Part {
  readonly view: string
  readonly data: Data
  /** Under which it is kept; null: not at all. */
  readonly key: string | null

  constructor(view: string, data: Data, key: string | null) {
    this.view = view
    this.data = data
    this.key = key
  }
}

/** Writes views, one text after the other, onto one sheet. */
export class Press {
  readonly #kept: KeptParts
  readonly #sheet = new Sheet()

  constructor(kept: KeptParts) {
    this.#kept = kept
  }

  render(find: Find, { view, data }: { view: string; data: Data }, helpers: { readonly times?: object }): Buffer {
    const { times } = helpers
    const include = (part: string, partData: Data = {}): string | Part => this.#include(part, partData, times)
    const write = (text: string, value?: unknown): string => {
      if (text !== '') this.#sheet.write(text)
      if (value instanceof Part) this.#writePart(value, () => find(value.view)({ ...common, ...value.data }))
      else if (value instanceof Uint8Array) this.#sheet.copy(value)
      else if (value !== undefined) this.#sheet.write(String(value))
      return ''
    }
    // Copied, and not inherited: a prototype of its own for each page would be a new shape for every view each time.
    const common = { ...helpers, include, write }
    const start = this.#sheet.end
    try {
      find(view)({ ...common, ...data })
      return this.#sheet.takeFrom(start)
    } catch (error) {
      this.#sheet.eraseFrom(start)
      throw error
    }
  }

  #include(part: string, data: Data, reader: object | undefined): string | Part {
    const key = this.#kept.keyOf(part, data, reader)
    const known = key === null ? undefined : this.#kept.get(key)
    return known ?? new Part(part, data, key)
  }

  #writePart({ key }: Part, write: () => void): void {
    const start = this.#sheet.end
    write()
    if (key !== null) this.#kept.keep(key, this.#sheet.textFrom(start))
  }
}
