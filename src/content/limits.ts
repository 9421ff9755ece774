import { Invalid, type Message, msg } from '../platform/errors.ts'

/** Opening tags in what is read, and in what is stored. */
const mostTagsRead = 40_000
const mostTagsStored = 20_000
/** Elements inside each other. */
const deepestElement = 100
/** Quotes, list items and spoilers inside each other. */
export const deepestContainer = 20

const emptyElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

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
  const pieces = /<!--|<(\/?)([a-z][^\s/>]*)/gi
  let tags = 0
  const open: string[] = []
  let comments = true
  for (let found = pieces.exec(html); found; found = pieces.exec(html)) {
    const [, close, name] = found
    if (!name) {
      const end: number | null = comments ? endOfComment(html, pieces.lastIndex) : null
      // When one never ends, no later one does.
      comments = end !== null
      pieces.lastIndex = end ?? pieces.lastIndex
    } else if (close) endElement(open, name.toLowerCase())
    else if (!emptyElements.has(name.toLowerCase())) open.push(name.toLowerCase())
    if (name && !close) tags++
    if (tags > mostTagsRead || open.length > deepestElement) throw tooComplex()
  }
}

/** What ends an element ends those inside it; what ends none means nothing. */
function endElement(open: string[], name: string): void {
  const at = open.lastIndexOf(name)
  if (at >= 0) open.length = at
}

/** Where a comment ends at the earliest, however a parser reads it; null when it never does. */
function endOfComment(html: string, from: number): number | null {
  const closing = /--!?>/g
  closing.lastIndex = from - '--'.length
  return closing.test(html) ? closing.lastIndex : null
}

/** What is stored holds fewer tags than may be read, so that it can be read again when it is edited. */
export function checkStored(html: string): void {
  let tags = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) tags++
  if (tags > mostTagsStored * 2) throw tooComplex()
}
