import { loadCatalog, type Phrase, shippedLocales } from './catalog.ts'
import { sayerOf } from './sayer.ts'

/** Says a phrase in one language: `t('topics.replies', { count: 3 })`. */
export type T = (key: string, args?: Record<string, string | number>) => string

/** Phrases in brackets: whatever stands on a page outside of them did not come through a locale file. For tests. */
export const pseudoLocale = 'en-XA'
export const defaultLocale = 'en'

const production = process.env.NODE_ENV === 'production'
const translators = new Map<string, T>()

/** The locales a page can be shown in. */
export const locales: readonly string[] = production ? shippedLocales : [...shippedLocales, pseudoLocale]

/**
 * The phrases of a locale, compiled once. What another language lacks is said in English. A phrase that English lacks
 * throws, except in production, where its key is shown.
 */
export function translator(locale: string): T {
  const known = translators.get(locale)
  if (known) return known
  const made = locale === pseudoLocale ? bracketed(translator(defaultLocale)) : makeTranslator(phrasesOf(locale))
  translators.set(locale, made)
  return made
}

/** Is there a phrase of this key? For what other code may have named. */
export function isPhrase(key: string): boolean {
  return english().has(key)
}

let kept: ReadonlyMap<string, Phrase> | undefined

function english(): ReadonlyMap<string, Phrase> {
  kept ??= loadCatalog(defaultLocale)
  return kept
}

function phrasesOf(locale: string): ReadonlyMap<string, Phrase> {
  return locale === defaultLocale ? english() : new Map([...english(), ...loadCatalog(locale)])
}

function makeTranslator(phrases: ReadonlyMap<string, Phrase>): T {
  const sayers = new Map([...phrases].map(([key, phrase]) => [key, sayerOf(phrase)]))
  return (key, args) => {
    const say = sayers.get(key)
    if (typeof say === 'string') return say
    if (!say) return missing(key, undefined)
    try {
      return say(args)
    } catch (error) {
      return missing(key, error)
    }
  }
}

function missing(key: string, cause: unknown): string {
  if (production) return key
  throw new Error(cause ? `The phrase ${key} lacks what stands in its places` : `There is no phrase ${key}`, { cause })
}

function bracketed(english: T): T {
  return (key, args) => `⟦${english(key, args)}⟧`
}
