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
