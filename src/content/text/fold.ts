/** A text as it is compared, and where in the text each of its characters came from. */
export interface Folded {
  readonly key: string
  /** For every UTF-16 unit of the key the place of its character in the text, and behind them the text's length. */
  readonly places: readonly number[]
}

const spaces = /\s/u
const unseen = /\p{Default_Ignorable_Code_Point}|\p{Cc}/u
const accents = /[\u0300-\u036f]/g
const known = new Map<string, string>()
/** Texts hold few different characters; whoever sends all of Unicode does not fill the memory. */
const mostKnown = 5000

/**
 * Case, accents, compatibility forms and the kind and number of spaces do not count, and what nobody sees is left out: so
 * that the same word is found however it is written.
 */
export function fold(text: string): Folded {
  const places: number[] = []
  let key = ''
  let at = 0
  // To look at the end of what is being put together would write it down anew for each sign.
  let isBehindSpace = false
  for (const sign of text) {
    const folded = foldSign(sign)
    if (folded !== ' ' || !isBehindSpace) {
      for (let n = 0; n < folded.length; n++) places.push(at)
      key += folded
      if (folded !== '') isBehindSpace = folded.endsWith(' ')
    }
    at += sign.length
  }
  places.push(text.length)
  return { key, places }
}

/** The key alone. */
export function foldText(text: string): string {
  return fold(text).key
}

function foldSign(sign: string): string {
  const found = known.get(sign)
  if (found !== undefined) return found
  const folded = foldAnew(sign)
  if (known.size < mostKnown) known.set(sign, folded)
  return folded
}

function foldAnew(sign: string): string {
  if (spaces.test(sign)) return ' '
  if (unseen.test(sign)) return ''
  return sign.normalize('NFKD').replace(accents, '').toLowerCase().normalize('NFKD').replace(accents, '')
}
