import type { MarkdownIt, StateBlock } from 'markdown-it'

/**
 * Paragraphs and more between two lines of `||` alone. One spoiler in another has more signs than that, the same number
 * at its beginning and end.
 */
export function spoilerBlock(md: MarkdownIt): void {
  const rule = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
    const signs = signsOn(state, startLine)
    const last = signs ? closingLine(state, signs, startLine, endLine) : null
    if (last === null) return false
    if (!silent) pushSpoiler(state, startLine, last)
    return true
  }
  md.block.ruler.before('table', 'spoiler', rule, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
  md.renderer.rules.spoiler_open = () => '<details class="spoiler"><summary>Spoiler</summary>'
}

function pushSpoiler(state: StateBlock, startLine: number, last: number): void {
  const { lineMax, parentType } = state
  state.push('spoiler_open', 'details', 1)
  state.lineMax = last
  state.parentType = 'spoiler'
  state.md.block.tokenize(state, startLine + 1, last)
  state.lineMax = lineMax
  state.parentType = parentType
  state.push('spoiler_close', 'details', -1)
  state.line = last + 1
}

function signsOn(state: StateBlock, line: number): string | null {
  if ((state.sCount[line] ?? 0) < state.blkIndent) return null
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
  if (state.src[start] !== '|') return null
  return /^\|{2,}(?=[ \t]*$)/.exec(state.src.slice(start, state.eMarks[line]))?.[0] ?? null
}

function closingLine(state: StateBlock, signs: string, startLine: number, endLine: number): number | null {
  for (let line = startLine + 1; line < endLine; line++) {
    if ((state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) return null
    if (signsOn(state, line) === signs) return line
  }
  return null
}
