const colours = 24

export interface Avatar {
  readonly initial: string
  readonly colour: number
}

/** So many are kept; a name is on many pages, and those of a page many times. */
const mostKept = 5000
const kept = new Map<string, Avatar>()
const graphemes = new Intl.Segmenter()

/** What stands for someone without a picture: the first letter, on one of 24 colours that their name decides. */
export function avatarOf(name: string): Avatar {
  const known = kept.get(name)
  if (known) return known
  if (kept.size >= mostKept) kept.clear()
  const drawn = draw(name)
  kept.set(name, drawn)
  return drawn
}

function draw(name: string): Avatar {
  const [first] = graphemes.segment(name.trim())
  const sum = [...name.normalize('NFC')].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7)
  return Object.freeze({ initial: (first?.segment ?? '?').toLocaleUpperCase('en'), colour: sum % colours })
}
