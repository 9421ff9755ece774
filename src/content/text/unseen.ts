// What turns the direction of text: embeddings, overrides and isolates, and what ends them.
const turns = '\\u202A-\\u202E\\u2066-\\u2069'
// Drawn as nothing, and yet of use one at a time: joiners in Persian and in emoji, marks of direction, places to break.
const joints = '\\u00AD\\u034F\\u061C\\u180E\\u200B-\\u200F\\u2060'

const suspicious = new RegExp(`[\\p{M}${turns}${joints}]`, 'u')
const stacks = new RegExp(`[\\p{M}${turns}${joints}]{4,}`, 'gu')
const turn = new RegExp(`[${turns}]`, 'g')
const oneTurn = new RegExp(`[${turns}]`)
const joint = new RegExp(`[${joints}]`)
/** Marks that can be put above and below any letter; those of a script of its own stack as its words need. */
const anywhere = /\p{Script=Inherited}/u

const most = { anywhere: 4, marks: 8, joints: 3 }

// Invisible operators, deprecated controls and annotations; letters of tags, except in the flags that they make.
const useless = /[\u2061-\u2064\u206A-\u206F\uFFF9-\uFFFB]/g
const tags = /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F})|[\u{E0000}-\u{E007F}]/gu

/** Without what nobody sees, and with no more marks on one letter than a language has. */
export function withoutUnseen(text: string): string {
  return without(text.replace(useless, '').replace(tags, '$1'), inStacks)
}

/** The same for a text that stands by itself among others: what turns its direction ends in it. */
export function turningInside(text: string): string {
  return without(text, inTurns)
}

/** Which characters of a line are too much, its pieces read as one, by a 1 at their place; null when none is. */
export function tooMuchIn(line: string): Uint8Array | null {
  const drop = suspicious.test(line) ? marked(line, inTurns, inStacks) : null
  return drop?.includes(1) ? drop : null
}

/** `text` without the characters from `from` on that are to be dropped. */
export function dropped(text: string, drop: Uint8Array, from = 0): string {
  let kept = ''
  for (let start = 0; start < text.length; ) {
    let end = start
    while (end < text.length && drop[from + end] !== 1) end++
    kept += text.slice(start, end)
    start = end + 1
  }
  return kept
}

type Find = (text: string) => Iterable<number>

function marked(text: string, ...finds: readonly Find[]): Uint8Array {
  const drop = new Uint8Array(text.length)
  for (const find of finds) for (const at of find(text)) drop[at] = 1
  return drop
}

function without(text: string, find: Find): string {
  return suspicious.test(text) ? dropped(text, marked(text, find)) : text
}

function* inStacks(text: string): Generator<number> {
  for (const { 0: stack, index } of text.matchAll(stacks)) {
    const seen = { anywhere: 0, marks: 0, joints: 0 }
    let at = index
    for (const character of stack) {
      if (isTooMuch(character, seen)) for (let unit = 0; unit < character.length; unit++) yield at + unit
      at += character.length
    }
  }
}

function isTooMuch(character: string, seen: { anywhere: number; marks: number; joints: number }): boolean {
  // They are judged by themselves, and end no stack.
  if (oneTurn.test(character)) return false
  if (joint.test(character)) return ++seen.joints > most.joints
  if (anywhere.test(character) && ++seen.anywhere > most.anywhere) return true
  return ++seen.marks > most.marks
}

/** Overrides, and whatever begins without an end or ends without a beginning (UAX 9, X1 to X8). */
function* inTurns(text: string): Generator<number> {
  const open: { readonly at: number; readonly sign: string }[] = []
  let isolates = 0
  for (const { 0: sign, index: at } of text.matchAll(turn)) {
    if (sign === '\u202C') {
      const isEmbedded = /[\u202A\u202B\u202D\u202E]/.test(open.at(-1)?.sign ?? '')
      const begin = isEmbedded ? open.pop() : undefined
      if (!begin || isOverride(begin.sign)) yield at
      if (begin && isOverride(begin.sign)) yield begin.at
    } else if (sign === '\u2069') {
      if (isolates === 0) {
        yield at
        continue
      }
      isolates--
      for (let begin = open.pop(); begin && begin.sign < '\u2066'; begin = open.pop()) yield begin.at
    } else {
      if (sign >= '\u2066') isolates++
      open.push({ at, sign })
    }
  }
  for (const { at } of open) yield at
}

function isOverride(sign: string): boolean {
  return sign === '\u202D' || sign === '\u202E'
}
