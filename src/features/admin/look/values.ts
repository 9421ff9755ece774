export type Scheme = 'light' | 'dark'

/** Custom properties by their names, `--` included. */
export type Names = ReadonlyMap<string, string>

const longest = 500

/** Where the bracket closes that was opened before `from`; -1: nowhere. */
function closing(text: string, from: number): number {
  let open = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') open++
    else if (text[at] === ')' && --open === 0) return at
  }
  return -1
}

/** Divides a text at these signs, but not within brackets; parts that are empty are left out. */
export function partsOf(text: string, signs: string): string[] {
  const parts: string[] = []
  let [open, begin] = [0, 0]
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '(' || sign === '[') open++
    else if (sign === ')' || sign === ']') open--
    if (at < text.length && (open > 0 || !signs.includes(sign))) continue
    const part = text.slice(begin, at).trim()
    if (part !== '') parts.push(part)
    begin = at + 1
  }
  return parts
}

/**
 * A value with what its `var()` and `light-dark()` stand for. null: a name is missing or leads back to itself, or it becomes
 * too long: nobody writes a colour so.
 */
export function expand(value: string, names: Names, scheme: Scheme): string | null {
  let text = value
  for (let step = 0; step < 24 && text.length <= longest; step++) {
    const found = /(var|light-dark)\(/i.exec(text)
    if (!found) return text.trim()
    const from = found.index + found[0].length
    const to = closing(text, from)
    if (to === -1) return null
    const [first = '', ...rest] = partsOf(text.slice(from, to), ',')
    const isName = found[1]?.toLowerCase() === 'var'
    const meant = isName ? (names.get(first) ?? rest.join(',')) : scheme === 'light' ? first : (rest[0] ?? '')
    if (meant === '') return null
    text = text.slice(0, found.index) + meant + text.slice(to + 1)
  }
  return null
}
