import { Parser } from 'htmlparser2'
import { Invalid, type Message, msg } from '../platform/errors.ts'

/** Opening tags in what is read, and in what is stored. */
const mostTagsRead = 40_000
const mostTagsStored = 20_000
/** Elements inside each other. */
const deepestElement = 100
/** Quotes, list items and spoilers inside each other. */
export const deepestContainer = 20

/** Why a text was refused, at the field where every form has it. */
export function refusal(reason: Message): Invalid {
  return new Invalid({ body: reason })
}

export function tooLong(max: number): Invalid {
  return refusal(msg('content.too_long', { max }))
}

export function tooComplex(): Invalid {
  return refusal(msg('content.too_complex'))
}

/** Source may be much longer than the text in it, because markup does not count, but not without end. */
export function checkLength(source: string, maxLength: number): void {
  if (source.length > maxLength * 8 + 10_000) throw tooLong(maxLength)
}

/**
 * Counts tags and their depth in one pass and stops where it is too much. A sanitiser needs the square of the time for
 * the depth of what it is given, so this comes before it. It reads with the sanitiser's own parser: whatever else told
 * tags from text could be made to see fewer of them.
 */
export function checkMarkup(html: string): void {
  let tags = 0
  let depth = 0
  const parser = new Parser({
    onopentag() {
      if (++tags > mostTagsRead || ++depth > deepestElement) throw tooComplex()
    },
    onclosetag() {
      depth--
    },
  })
  parser.end(html)
}

/** What is stored holds fewer tags than may be read, so that it can be read again when it is edited. */
export function checkStored(html: string): void {
  let tags = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) tags++
  if (tags > mostTagsStored * 2) throw tooComplex()
}
