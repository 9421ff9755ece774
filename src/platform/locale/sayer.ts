import type { IntlMessageFormat } from 'intl-messageformat'
import type { Phrase } from './catalog.ts'
import { numbers, smallOnesOnce } from './numbers.ts'

type Args = Readonly<Record<string, string | number>>

/** A phrase ready to be said: as it is, or with what stands in its places, whose lack it throws. */
export type Sayer = string | ((args?: Args) => string)

/** A phrase is said thousands of times, so what ICU needs to find out about it is found out once. */
export function sayerOf(phrase: Phrase): Sayer {
  if (typeof phrase === 'string') return phrase
  const say = sayerOfAll(phrase.getAst(), phrase.resolvedOptions().locale)
  return say ? (args = {}) => say(args, Number.NaN) : args => String(phrase.format(args))
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Says a piece of a message; `#` in it stands for `count`. */
type Piece = (args: Args, count: number) => string

/** Puts a message together from its pieces. null: there is something in it that is left to ICU. */
function sayerOfAll(elements: readonly Element[], locale: string): Piece | null {
  const pieces = elements.map(element => pieceOf(element, locale)).filter(piece => piece !== null)
  if (pieces.length < elements.length) return null
  const [only] = pieces
  if (only && pieces.length === 1) return only
  return (args, count) => {
    let said = ''
    for (const piece of pieces) said += piece(args, count)
    return said
  }
}

/** The kinds of elements are numbered as in @formatjs/icu-messageformat-parser: text, place, number, …, select, plural, #. */
function pieceOf(element: Element, locale: string): Piece | null {
  switch (element.type) {
    case 0:
      return () => element.value
    case 1:
      return args => String(given(args, element.value) ?? '')
    case 2:
      return element.style ? null : args => numbers(locale)(Number(given(args, element.value)))
    case 5:
      return choice(element, locale, value => String(value))
    case 6:
      return plural(element, locale)
    case 7:
      return (_args, count) => numbers(locale)(count)
    default:
      return null
  }
}

function given(args: Args, place: string): string | number {
  const value = args[place]
  if (value === undefined && !Object.hasOwn(args, place)) throw new RangeError(`Nothing is given for ${place}`)
  return value as string | number
}

type Choosing = Extract<Element, { options: object }>

function plural(element: Extract<Element, { type: 6 }>, locale: string): Piece | null {
  const { offset } = element
  const ruleOf = pluralRules(locale, element.pluralType)
  const exact = new Set(Object.keys(element.options).filter(option => option.startsWith('=')))
  const nameOf = (value: number) => (exact.has(`=${value}`) ? `=${value}` : ruleOf(value - offset))
  return choice(element, locale, nameOf, offset)
}

type RuleOf = (count: number) => string

const known = new Map<string, RuleOf>()

/** The name of the rule by which a language counts so many. */
function pluralRules(locale: string, type: Intl.PluralRulesOptions['type']): RuleOf {
  const key = `${locale} ${type}`
  let ruleOf = known.get(key)
  if (!ruleOf) {
    const rules = new Intl.PluralRules(locale, { type })
    ruleOf = smallOnesOnce(count => rules.select(count))
    known.set(key, ruleOf)
  }
  return ruleOf
}

/** One of several messages, whose name follows from what is given. */
function choice(
  { value: place, options }: Choosing,
  locale: string,
  nameOf: (value: number) => string,
  offset?: number,
): Piece | null {
  const messages = new Map<string, Piece>()
  for (const [name, { value }] of Object.entries(options)) {
    const message = sayerOfAll(value, locale)
    if (!message) return null
    messages.set(name, message)
  }
  const other = messages.get('other') ?? (() => '')
  return (args, count) => {
    const value = given(args, place) as number
    const message = messages.get(nameOf(value)) ?? other
    return message(args, offset === undefined ? count : value - offset)
  }
}
