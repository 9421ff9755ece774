import { Invalid, type Message, msg } from '../platform/errors.ts'

/** Opening tags in what is read, and in what is stored. */
const mostTagsRead = 40_000
const mostTagsStored = 20_000
/** Elements inside each other. */
const deepestElement = 100
/** Quotes, list items and spoilers inside each other. */
export const deepestContainer = 20

const emptyElements = new Set(
  'area base br col embed hr img input link meta param source track wbr !doctype'.split(' '),
)

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
 * Counts tags and their depth in one pass over HTML that need not be well formed. A sanitiser needs the square of the
 * time for the depth of what it is given, so this comes before it.
 */
export function checkMarkup(html: string): void {
  let tags = 0
  let depth = 0
  for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z!][^\s/>]*)/gi)) {
    if (close) {
      if (depth > 0) depth--
      continue
    }
    if (++tags > mostTagsRead) throw tooComplex()
    if (!emptyElements.has(name.toLowerCase()) && ++depth > deepestElement) throw tooComplex()
  }
}

/** What is stored holds fewer tags than may be read, so that it can be read again when it is edited. */
export function checkStored(html: string): void {
  let tags = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) tags++
  if (tags > mostTagsStored * 2) throw tooComplex()
}
