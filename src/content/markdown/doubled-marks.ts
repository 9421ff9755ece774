import type { Delimiter, MarkdownIt, StateInline } from 'markdown-it'

export type DoubledMark = {
  /** One character; two of them begin and end the mark. */
  readonly sign: string
  readonly tag: string
  readonly className?: string
}

/**
 * `++underline++` and `||spoiler||`. Unlike emphasis they do not work within a word, because "C++" and "a||b" are
 * written for what they are: the first sign follows no letter or digit, and none follows the last.
 */
export function doubledMark(md: MarkdownIt, mark: DoubledMark): void {
  const name = `doubled_${mark.tag}`
  md.inline.ruler.before('emphasis', name, (state, silent) => !silent && takeSigns(state, mark.sign))
  md.inline.ruler2.before('emphasis', name, state => {
    makeTags(state, state.delimiters, mark)
    for (const meta of state.tokens_meta) makeTags(state, meta?.delimiters ?? [], mark)
  })
}

function takeSigns(state: StateInline, sign: string): boolean {
  if (state.src[state.pos] !== sign) return false
  const { can_open, can_close, length } = state.scanDelims(state.pos, true)
  const text = state.push('text', '', 0)
  text.content = sign.repeat(length)
  if (length === 2) {
    state.delimiters.push({
      marker: sign.charCodeAt(0),
      length: 0,
      token: state.tokens.length - 1,
      end: -1,
      open: can_open && !isWord(state.src[state.pos - 1]),
      close: can_close && !isWord(state.src[state.pos + 2]),
    })
  }
  state.pos += length
  return true
}

function makeTags(state: StateInline, delimiters: readonly Delimiter[], mark: DoubledMark): void {
  for (const start of delimiters) {
    const end = delimiters[start.end]
    if (start.marker !== mark.sign.charCodeAt(0) || !end) continue
    makeTag(state, start.token, mark, 1)
    makeTag(state, end.token, mark, -1)
  }
}

function makeTag(state: StateInline, at: number, mark: DoubledMark, nesting: 1 | -1): void {
  const token = state.tokens[at]
  if (!token) return
  token.type = nesting === 1 ? `${mark.tag}_open` : `${mark.tag}_close`
  token.tag = mark.tag
  token.nesting = nesting
  token.content = ''
  if (nesting === 1 && mark.className) token.attrSet('class', mark.className)
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
