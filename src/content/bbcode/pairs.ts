import { afterFence, afterTicks } from './skip-code.ts'

/** A tag of BBCode with its closing tag, as positions in the source. */
export type Pair = {
  readonly name: string
  /** In `[url=…]` what follows the "=", in `[quote name="…"]` what follows the space. */
  readonly argument: string
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
  /** Where in a list `[*]` stands. */
  readonly items: readonly number[]
}

/** By the position where the opening tag begins. */
export type Pairs = ReadonlyMap<number, Pair>

type Open = Omit<Pair, 'contentEnd' | 'end' | 'items'> & { readonly items: number[] }

// What a backslash makes plain, the fence of a code block, code, an item of a list, a tag.
const pieces = new RegExp(
  // eslint-disable-next-line regexp/no-super-linear-move -- a run of backticks that is no fence is taken whole as code
  [
    String.raw`\\[\s\S]`,
    String.raw`^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?<fence>\x60{3,}(?=[^\x60\n]*$)|~{3,}(?=[^~\n]|$)).*$`,
    String.raw`(?<ticks>\x60+)`,
    String.raw`(?<item>\[\*\])`,
    String.raw`\[(?<slash>/?)(?<name>[a-z]{1,7})(?:[= ](?<argument>[^[\]\n]*))?\]`,
  ].join('|'),
  'gim',
)

/** What follows the text of a link, an image or a mention. */
const address = /\((?:\/|https?:|mailto:)/iy

/** What stands in these is taken as it is. */
const literal = new Set(['code', 'img'])

/** Finds the tags of these names that have a partner, properly nested and outside of code. Takes one pass. */
export function findPairs(source: string, names: ReadonlySet<string>): Pairs {
  const finder = new PairFinder(source)
  if (!source.includes('[/')) return finder.pairs
  const steps = new RegExp(pieces)
  for (let found = steps.exec(source); found; found = steps.exec(source)) {
    const { fence, ticks, item, slash, name = '', argument = '' } = found.groups ?? {}
    const tag = { name: name.toLowerCase(), argument, start: found.index, contentStart: steps.lastIndex, items: [] }
    if (fence) steps.lastIndex = afterFence(source, fence, steps.lastIndex)
    else if (ticks) steps.lastIndex = afterTicks(source, ticks.length, steps.lastIndex)
    else if (item) finder.addItem(found.index)
    else if (!names.has(tag.name)) continue
    else if (slash) finder.close(tag.name, found.index, steps.lastIndex)
    else if (isLabel(source, steps.lastIndex)) continue
    else steps.lastIndex = literal.has(tag.name) ? finder.takeLiteral(tag) : finder.open(tag)
  }
  return finder.pairs
}

/** Whether an address follows: what looks like a tag is the text of a link to it. */
function isLabel(source: string, end: number): boolean {
  address.lastIndex = end
  return address.test(source)
}

class PairFinder {
  readonly pairs = new Map<number, Pair>()
  readonly #source: string
  readonly #open: Open[] = []
  readonly #counts = new Map<string, number>()

  constructor(source: string) {
    this.#source = source
  }

  open(tag: Open): number {
    this.#open.push(tag)
    this.#count(tag.name, 1)
    return tag.contentStart
  }

  /** Tags opened since its partner stay text. A closing tag without a partner costs one look, however many are open. */
  close(name: string, contentEnd: number, end: number): void {
    if (!this.#count(name, 0)) return
    for (let tag = this.#open.pop(); tag; tag = this.#open.pop()) {
      this.#count(tag.name, -1)
      if (tag.name !== name) continue
      this.pairs.set(tag.start, { ...tag, contentEnd, end })
      return
    }
  }

  addItem(position: number): void {
    if (this.#count('list', 0)) this.#open.findLast(({ name }) => name === 'list')?.items.push(position)
  }

  /** Goes on behind its closing tag; without one, no later tag of that name can have one either. */
  takeLiteral(tag: Open): number {
    if (this.#count(tag.name, 0) < 0) return tag.contentStart
    const closing = new RegExp(`\\[/${tag.name}\\]`, 'gi')
    closing.lastIndex = tag.contentStart
    const found = closing.exec(this.#source)
    if (!found) this.#count(tag.name, -1)
    else this.pairs.set(tag.start, { ...tag, contentEnd: found.index, end: closing.lastIndex })
    return found ? closing.lastIndex : tag.contentStart
  }

  #count(name: string, change: number): number {
    const count = (this.#counts.get(name) ?? 0) + change
    this.#counts.set(name, count)
    return count
  }
}
