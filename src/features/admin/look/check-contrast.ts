import { type Colour, contrast, over, readColour } from './colours.ts'
import { readSheet, type Said } from './sheet.ts'
import { leastContrast, readable } from './tokens.ts'
import { expand, type Names, partsOf, type Scheme } from './values.ts'

/** A text that a style sheet would make hard to read. */
export interface Faint {
  /** The rule that makes it so, as it names itself. */
  readonly selector: string
  /** Which of our colours stand on each other there; null: what the rule says itself. */
  readonly tokens: { readonly text: string; readonly ground: string } | null
  readonly scheme: Scheme | 'both'
  /** To 1, rounded down to one digit. */
  readonly ratio: number
}

const schemes: readonly Scheme[] = ['light', 'dark']
const root = /^(?:\*|:root|html|body|:root body|html body)?$/
const [mostChains, mostParts, mostRules] = [12, 100, 1000]

/**
 * The texts that a forum's own style sheet would make hard to read, each once. `house` are our own sheets, `hue` is that of
 * the accent. Colours over pictures, mixed ones and those that scripts set are not looked at. Throws postcss's
 * CssSyntaxError.
 */
export function checkContrast(css: string, house: string, hue: number): Faint[] {
  const [own, ours] = [readSheet(css), readSheet(house)]
  const found = schemes.flatMap(scheme => {
    const names = namesAt([...ours, ...own], scheme, new Map([['--hue', String(hue)]]))
    const desk = { scheme, names, own: byName(own, scheme), ours: byName(ours, scheme) }
    return [...faintTokens(desk), ...faintRules(desk)]
  })
  return bothAtOnce(found)
}

interface Desk {
  readonly scheme: Scheme
  readonly names: Names
  readonly own: Sheet
  readonly ours: Sheet
}

type Sheet = ReadonlyMap<string, ReadonlyMap<string, string>>

function isIn({ scheme }: Said, wanted: Scheme): boolean {
  return scheme === null || scheme === wanted
}

function withoutTheme(selector: string): string {
  return selector.replaceAll(/\[data-theme[^\]]*\]/g, '').trim()
}

/** What custom properties are on a page as a whole. */
function namesAt(rules: readonly Said[], scheme: Scheme, known: ReadonlyMap<string, string>): Names {
  const names = new Map(known)
  for (const rule of rules) {
    if (!isIn(rule, scheme) || !root.test(withoutTheme(rule.selector))) continue
    for (const [name, value] of rule.values) if (name.startsWith('--')) names.set(name, value)
  }
  return names
}

/** What a sheet says for each selector in the end. */
function byName(rules: readonly Said[], scheme: Scheme): Sheet {
  const sheet = new Map<string, Map<string, string>>()
  for (const rule of rules) {
    if (!isIn(rule, scheme)) continue
    const selector = withoutTheme(rule.selector)
    const known = sheet.get(selector) ?? new Map<string, string>()
    for (const [name, value] of rule.values) known.set(name, value)
    sheet.set(selector, known)
  }
  return sheet
}

/** Where our colours are changed, on the page or in a part of it. */
function faintTokens(desk: Desk): Faint[] {
  const changing = [...desk.own].filter(([, values]) => [...values.keys()].some(name => name.startsWith('--')))
  const onPage = changing.filter(([selector]) => root.test(selector)).flatMap(([, values]) => [...values])
  const parts = changing.filter(([selector]) => !root.test(selector)).slice(0, mostParts)
  const inParts = parts.flatMap(([selector, values]) =>
    faintPairs(selector, values, new Map([...desk.names, ...values]), desk.scheme),
  )
  return [...faintPairs(':root', new Map(onPage), desk.names, desk.scheme), ...inParts]
}

/** The worst ground of each text, if one of the two is changed. */
function faintPairs(selector: string, changed: Names, names: Names, scheme: Scheme): Faint[] {
  const known = new Map<string, Colour | null>()
  const colourOf = (name: string) => {
    const colour = known.get(name) ?? colourIn(`var(--${name})`, names, scheme)
    known.set(name, colour)
    return colour
  }
  return readable.flatMap(([text, on]) => {
    const pairs = on.filter(ground => changed.has(`--${text}`) || changed.has(`--${ground}`))
    const ratios = pairs.map(ground => ({ ground, ratio: worstOf(colourOf(text), [colourOf(ground)]) }))
    const [worst] = ratios.sort((one, other) => one.ratio - other.ratio)
    if (!worst || worst.ratio >= leastContrast) return []
    return [{ selector, tokens: { text, ground: worst.ground }, scheme, ratio: told(worst.ratio) }]
  })
}

/** Of each rule that says how its text or what is behind it is coloured. */
function faintRules({ own, ours, names, scheme }: Desk): Faint[] {
  const page = ['--ground', '--surface'].map(name => colourIn(`var(${name})`, names, scheme))
  const ink = colourIn('var(--ink)', names, scheme)
  const judged = [...own].filter(
    ([selector, said]) => isJudged(selector) && (said.has('color') || said.has('background')),
  )
  return judged.slice(0, mostRules).flatMap(([selector]) => {
    const valueFor = (name: string) => {
      const known = namesFor(selector).map(one => own.get(one)?.get(name) ?? ours.get(one)?.get(name))
      return known.find(value => value !== undefined && !/^(?:inherit|none|transparent|unset|initial)$/i.test(value))
    }
    const [color, background] = [valueFor('color'), valueFor('background')]
    const text = color === undefined ? ink : colourIn(color, names, scheme)
    const ground = background === undefined ? page : behind(groundIn(background, names, scheme), page)
    const ratio = worstOf(text, ground)
    return ratio < leastContrast ? [{ selector, tokens: null, scheme, ratio: told(ratio) }] : []
  })
}

/** What cannot be used need not be read, and what stands before or after is no text as a rule. */
function isJudged(selector: string): boolean {
  return !/:disabled|:{1,2}(?:before|after|marker)\b/i.test(selector)
}

/** The selectors under which its colours may be said: itself, without its states, its last part, and what it is in. */
function namesFor(selector: string): string[] {
  const plain = selector.replaceAll(/:{1,2}[\w-]+(?:\([^()]*\))?/g, '')
  const parts = partsOf(plain, ' >+~')
  const ends = parts.map((part, at) => [parts.slice(0, at + 1).join(' '), part]).reverse()
  return [...new Set([selector, plain, ...ends.flat()])].slice(0, mostChains).concat('body', 'html', ':root')
}

/** What lets shine through stands before the page. */
function behind(ground: Colour | null, page: readonly (Colour | null)[]): (Colour | null)[] {
  return page.map(one => (ground && one ? over(ground, one) : null))
}

/** The colour of a background; null when there is a picture in it. */
function groundIn(value: string, names: Names, scheme: Scheme): Colour | null {
  const whole = expand(value, names, scheme)
  if (whole === null || /url\(|gradient\(|image/i.test(whole)) return null
  const colours = partsOf(whole, ' ,').flatMap(part => readColour(part) ?? [])
  return colours.at(-1) ?? readColour(whole)
}

function colourIn(value: string, names: Names, scheme: Scheme): Colour | null {
  return readColour(expand(value, names, scheme) ?? '')
}

/** The least contrast of these; Infinity where one of the colours is not known. What nobody is to see is no text. */
function worstOf(text: Colour | null, backs: readonly (Colour | null)[]): number {
  const ratios = backs.map(back => (text && text.alpha > 0 && back ? contrast(text, back) : Number.POSITIVE_INFINITY))
  return Math.min(...ratios)
}

function told(ratio: number): number {
  return Math.floor(ratio * 10) / 10
}

/** What is the same in both themes is said once; the worst first. */
function bothAtOnce(found: readonly Faint[]): Faint[] {
  const known = new Map<string, Faint>()
  for (const one of found) {
    const key = JSON.stringify([one.selector, one.tokens?.text])
    const other = known.get(key)
    known.set(key, other ? { ...(one.ratio < other.ratio ? one : other), scheme: 'both' } : one)
  }
  return [...known.values()].sort((one, other) => one.ratio - other.ratio)
}
