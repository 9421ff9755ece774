import { type Message, msg } from '../../../platform/errors.ts'
import { phraseOf, placesIn } from '../../../platform/locale/index.ts'

/** In characters. */
export const longestText = 2000

/** What is wrong with a text that is to stand in the place of the original; null: nothing. */
export function faultOf(text: string, original: string, locale: string): Message | null {
  if (text.trim() === '') return msg('mail.text_missing')
  if (text.length > longestText) return msg('mail.text_long', { most: longestText })
  const phrase = phraseOf(text, locale)
  const first = phraseOf(original, locale)
  if (phrase === null || first === null) return msg('mail.text_braces')
  const [typed, known] = [placesIn(phrase), placesIn(first)]
  const unknown = [...typed].filter(place => !known.has(place))
  if (unknown.length > 0) return msg('mail.text_unknown', { places: braced(unknown), known: braced([...known]) })
  const missing = [...known].filter(place => !typed.has(place))
  return missing.length > 0 ? msg('mail.text_lacks', { places: braced(missing) }) : null
}

/** As they are typed. */
export function braced(places: readonly string[]): string {
  return places.map(place => `{${place}}`).join(', ')
}
