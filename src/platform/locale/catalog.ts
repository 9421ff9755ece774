import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'

/** One phrase: a text as it is, or a message that is put together with what is given. */
export type Phrase = string | IntlMessageFormat

const folder = join(import.meta.dirname, '../../locales')

/** The languages that come with Stoa: one folder of phrases each. */
export const shippedLocales: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
  .sort()

/** Every phrase of a locale by its key, `<file>.<key>`, compiled. Throws on a file that is no map of ICU messages. */
export function loadCatalog(locale: string, from = folder): ReadonlyMap<string, Phrase> {
  const path = join(from, locale)
  const files = existsSync(path) ? readdirSync(path).filter(file => file.endsWith('.json')) : []
  return new Map(files.flatMap(file => readPhrases(join(path, file), locale)))
}

/** The text of a phrase as its file has it, which is an ICU message; undefined when the locale has none of this key. */
export function phraseText(locale: string, key: string, from = folder): string | undefined {
  const [area = '', name = ''] = key.split(/\.(.*)/s)
  const file = join(from, locale, `${area}.json`)
  if (!/^[\w-]+$/.test(area) || !existsSync(file)) return undefined
  const phrases = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return Object.hasOwn(phrases, name) ? phrases[name] : undefined
}

/** An ICU message that somebody typed, ready to be said; null when it is none. */
export function phraseOf(text: string, locale: string): Phrase | null {
  try {
    return compilePhrase(text, locale, 'typed')
  } catch {
    return null
  }
}

/** The names of what is to be given to a phrase. */
export function placesIn(phrase: Phrase): Set<string> {
  const names = new Set<string>()
  if (typeof phrase !== 'string') gatherPlaces(phrase.getAst(), names)
  return names
}

type Part = ReturnType<IntlMessageFormat['getAst']>[number]

/** Kinds of parts are numbered: 0 is text and 7 the number sign, all others name something. */
function gatherPlaces(parts: readonly Part[], names: Set<string>): void {
  for (const part of parts) {
    if (part.type !== 0 && part.type !== 7) names.add(part.value)
    if ('options' in part) for (const { value } of Object.values(part.options)) gatherPlaces(value, names)
  }
}

function readPhrases(file: string, locale: string): [string, Phrase][] {
  const area = basename(file, '.json')
  const phrases: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(phrases as Record<string, unknown>).map(([key, text]) => {
    if (typeof text !== 'string') throw new TypeError(`${file}: ${key} is no text`)
    return [`${area}.${key}`, compilePhrase(text, locale, `${file}: ${key}`)]
  })
}

function compilePhrase(text: string, locale: string, where: string): Phrase {
  if (!/[{']/.test(text)) return text
  try {
    const message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
    return message.getAst().every(part => part.type === 0) ? String(message.format()) : message
  } catch (error) {
    throw new SyntaxError(`${where} is no ICU message: ${text}`, { cause: error })
  }
}
