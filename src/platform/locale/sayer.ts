import type { IntlMessageFormat } from 'intl-messageformat'
import type { Phrase } from './catalog.ts'

type Args = Readonly<Record<string, string | number>>

/** A phrase ready to be said: as it is, or with what stands in its places, whose lack it throws. */
export type Sayer = string | ((args?: Args) => string)

/** A phrase is said thousands of times, so what ICU needs to find out about it is found out once. */
export function sayerOf(phrase: Phrase): Sayer {
  if (typeof phrase === 'string') return phrase
  return withTexts(phrase) ?? withCounts(phrase)
}

type Part = { readonly text: string } | { readonly place: string }

/** What only has places for texts is put together from its pieces; null: there is more to it. */
function withTexts(phrase: IntlMessageFormat): Sayer | null {
  const parts = phrase.getAst().map((element): Part | null => {
    if (element.type === 0) return { text: element.value }
    return element.type === 1 ? { place: element.value } : null
  })
  if (parts.includes(null)) return null
  return args => {
    let said = ''
    for (const part of parts as Part[]) said += 'text' in part ? part.text : given(args, part.place)
    return said
  }
}

function given(args: Args | undefined, place: string): string {
  if (!args || !Object.hasOwn(args, place)) throw new RangeError(`Nothing is given for ${place}`)
  return String(args[place] ?? '')
}

const largestKept = 1000

/** Remembers what was said of small numbers alone. */
function withCounts(phrase: IntlMessageFormat): Sayer {
  const kept = new Map<string, string>()
  const say = (args?: Args) => String(phrase.format(args))
  return args => {
    const key = keyOf(args)
    if (key === null) return say(args)
    const said = kept.get(key) ?? say(args)
    kept.set(key, said)
    return said
  }
}

function keyOf(args: Args = {}): string | null {
  const [only, another] = Object.entries(args)
  if (!only || another) return null
  const [place, count] = only
  return Number.isInteger(count) && Number(count) >= 0 && Number(count) <= largestKept ? `${place} ${count}` : null
}
