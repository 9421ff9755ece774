import { type Found, findLinks, isBareLink } from '../links/find-links.ts'
import { isOutside } from '../links/safe-url.ts'
import { dropped, tooMuchIn } from '../text/unseen.ts'
import { isLink, type Leaf, type Line, type Mark } from './document.ts'

/** What stands in a block before it is put in order: leaves with any spaces, and line breaks. */
export type Loose = Leaf | 'break'

const notText = '\uFFFC'

type Text = Leaf & { readonly type: 'text' }

/**
 * Lines in their one form: spaces single and outside of marks where possible, neighbours that belong together joined,
 * addresses made links. A line without anything on it comes out empty.
 */
export function readLines(loose: readonly Loose[], baseUrl: string | undefined): Line[] {
  const lines: Leaf[][] = [[]]
  for (const leaf of loose) {
    if (leaf === 'break') lines.push([])
    else lines.at(-1)?.push(leaf)
  }
  return lines.map(line => {
    const words = placeSpaces(join(withoutTooMuch(line).flatMap(cutSpaces), joinedWords))
    return join(
      words.flatMap(leaf => linkAddresses(leaf, baseUrl)),
      joinedTexts,
    )
  })
}

/** Without what turns the direction for others and without piles of marks, also where elements divide them. */
function withoutTooMuch(line: readonly Leaf[]): readonly Leaf[] {
  const drop = tooMuchIn(line.map(leaf => (leaf.type === 'text' ? leaf.text : notText)).join(''))
  if (!drop) return line
  let start = 0
  return line.map(leaf => {
    const from = start
    start += leaf.type === 'text' ? leaf.text.length : notText.length
    if (leaf.type !== 'text') return leaf
    const text = dropped(leaf.text, drop, from)
    return text === leaf.text ? leaf : { ...leaf, text, marks: leaf.marks.map(unlikeAddress) }
  })
}

/** A link whose text is not its address any more. */
function unlikeAddress(mark: Mark): Mark {
  return isLink(mark) && mark.bare ? { ...mark, bare: false } : mark
}

/** A text cut into the spaces at its ends and what is between, whose own are single. Code of spaces alone is a space. */
function cutSpaces(leaf: Leaf): Leaf[] {
  if (leaf.type === 'code' && leaf.text.trim() === '') {
    return leaf.text ? [{ type: 'text', text: ' ', marks: leaf.marks }] : []
  }
  if (leaf.type !== 'text') return [leaf]
  const { text } = leaf
  const words = text.trim()
  if (words === '') return text ? [leaf] : []
  const start = text.length - text.trimStart().length
  const parts = [text.slice(0, start), singleSpaces(words), text.slice(start + words.length)]
  return parts.filter(part => part !== '').map(part => ({ ...leaf, text: part }))
}

function singleSpaces(text: string): string {
  return text.replace(/[ \t\n\f\v]+/g, ' ')
}

/** A space carries only the marks that it shares with both neighbours; at the end of a line it is nothing. */
function placeSpaces(words: readonly Leaf[]): Leaf[] {
  const placed: Leaf[] = []
  words.forEach((word, at) => {
    const placedWord = isSpace(word) ? placeSpace(word, placed.at(-1), words[at + 1]) : word
    if (placedWord) placed.push(placedWord)
  })
  return placed
}

function placeSpace(space: Text, before: Leaf | undefined, after: Leaf | undefined): Leaf | null {
  const single = singleSpaces(space.text)
  if (!after) return null
  if (before) return { ...space, text: single, marks: shared(shared(before.marks, space.marks), after.marks) }
  // Wide spaces may begin a line: in Chinese and Japanese they indent it.
  const text = single.replace(/^ /, '')
  return text ? { ...space, text, marks: [] } : null
}

/** Each word is looked at alone: an address has no spaces. */
function linkAddresses(leaf: Leaf, baseUrl: string | undefined): Leaf[] {
  if (leaf.type !== 'text' || leaf.marks.some(isLink) || !/https?:\/\/|www\./i.test(leaf.text)) return [leaf]
  const parts: Text[] = []
  let from = 0
  for (const { start, end, href } of linksInWords(leaf.text)) {
    const text = leaf.text.slice(start, end)
    const link = { href, outside: isOutside(href, baseUrl), bare: isBareLink(text, href) }
    parts.push({ ...leaf, text: leaf.text.slice(from, start) }, { ...leaf, text, marks: [...leaf.marks, link] })
    from = end
  }
  parts.push({ ...leaf, text: leaf.text.slice(from) })
  return parts.filter(part => part.text !== '')
}

function linksInWords(text: string): Found[] {
  return Array.from(text.matchAll(/\S+/g)).flatMap(({ 0: word, index }) =>
    findLinks(word).map(({ start, end, href }) => ({ start: start + index, end: end + index, href })),
  )
}

function join(leaves: readonly Leaf[], joined: (left: Leaf, right: Leaf) => Leaf | null): Leaf[] {
  const result: Leaf[] = []
  for (const leaf of leaves) {
    const last = result.at(-1)
    const both = last && joined(last, leaf)
    if (both) result[result.length - 1] = both
    else result.push(leaf)
  }
  return result
}

/** Code next to code is one code, because Markdown could not keep them apart. */
function joinedWords(left: Leaf, right: Leaf): Leaf | null {
  if (isSpace(left) && isSpace(right)) {
    return { ...left, text: left.text + right.text, marks: shared(left.marks, right.marks) }
  }
  if (left.type === 'code' && right.type === 'code' && sameMarks(left, right)) {
    return { ...left, text: left.text + right.text }
  }
  return isSpace(left) || isSpace(right) ? null : joinedTexts(left, right)
}

function joinedTexts(left: Leaf, right: Leaf): Leaf | null {
  if (left.type !== 'text' || right.type !== 'text' || !sameMarks(left, right)) return null
  return { ...left, text: left.text + right.text }
}

function isSpace(leaf: Leaf): leaf is Text {
  return leaf.type === 'text' && /^\s/.test(leaf.text)
}

function shared(left: readonly Mark[], right: readonly Mark[]): readonly Mark[] {
  const end = left.findIndex((mark, at) => mark !== right[at])
  return end < 0 ? left : left.slice(0, end)
}

function sameMarks(left: Leaf, right: Leaf): boolean {
  return left.marks.length === right.marks.length && shared(left.marks, right.marks).length === left.marks.length
}
