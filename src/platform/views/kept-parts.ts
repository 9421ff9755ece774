import type { Source } from './compile.ts'

/** Helpers that say the same on every page in one language and time zone. */
const steady = new Set(['t', 'number', 'times', 'icon'])

const mostKept = 3000

/**
 * Parts that look the same whenever they are given the same, such as a moment or an author: put together once, then known.
 * What they are given is what they name of `it`.
 */
export class KeptParts {
  readonly #given: ReadonlyMap<string, readonly string[]>
  readonly #known = new Map<string, string>()
  readonly #readers = new WeakMap<object, number>()
  #count = 0

  /** Throws when one of the parts shows anything but what it is given. */
  constructor(parts: readonly string[], sources: ReadonlyMap<string, Source>) {
    this.#given = new Map(parts.map(part => [part, givenTo(part, sources)]))
  }

  /**
   * Under what it is kept when it is given this; null: it is not kept. `reader` stands for a language and time zone.
   */
  keyOf(part: string, data: Readonly<Record<string, unknown>>, reader: object | undefined): string | null {
    const given = reader && this.#given.get(part)
    if (!given) return null
    let key = `${this.#numberOf(reader)} ${part}`
    for (const name of given) key += ` ${signOf(data[name])}`
    return key
  }

  get(key: string): string | undefined {
    return this.#known.get(key)
  }

  /** What is in use comes back at once after everything was forgotten. */
  keep(key: string, html: string): void {
    if (this.#known.size >= mostKept) this.#known.clear()
    this.#known.set(key, html)
  }

  #numberOf(reader: object): number {
    const known = this.#readers.get(reader) ?? this.#count++
    this.#readers.set(reader, known)
    return known
  }
}

/** Different for different values, also beside others. */
function signOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length}:${value}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function givenTo(part: string, sources: ReadonlyMap<string, Source>): string[] {
  const text = codeOf(sources.get(part)?.text ?? '')
  const names = new Set([...text.matchAll(/\bit\.(\w+)/g)].map(([, name = '']) => name))
  const given = [...names].filter(name => !steady.has(name))
  const isPlain =
    !/\bit\b(?!\.)/.test(text) && ['shell', 'meta', 'here', 'asset', 'include'].every(name => !names.has(name))
  const inside = [...text.matchAll(/\binclude\(([^,)]*)/g)].map(([, name = '']) => name.trim().slice(1, -1))
  if (!sources.has(part) || !isPlain) throw new Error(`${part}.ejs cannot be kept: it shows more than it is given`)
  for (const name of inside) givenTo(name, sources)
  return given
}

/** What a view does: without its comments and the HTML between. */
function codeOf(text: string): string {
  return [...text.matchAll(/<%[=_-]?(?!#)(.*?)[-_]?%>/gs)].map(([, code]) => code).join('\n')
}
