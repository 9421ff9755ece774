import type { StateBlock } from 'markdown-it'

/** A part of the source that may begin and end within a line. */
export type Range = {
  readonly startLine: number
  readonly start: number
  readonly lastLine: number
  readonly end: number
}

/** The line in which a position of the source lies, from `line` on; null when that is not before `endLine`. */
export function lineAt(state: StateBlock, position: number, line: number, endLine: number): number | null {
  for (let at = line; at < endLine; at++) {
    if ((state.sCount[at] ?? 0) < state.blkIndent && !state.isEmpty(at)) return null
    if (position <= (state.eMarks[at] ?? 0)) return position >= (state.bMarks[at] ?? 0) ? at : null
  }
  return null
}

/** Reads the blocks in a range. */
export function tokenizeRange(state: StateBlock, range: Range): void {
  withRange(state, range, () => state.md.block.tokenize(state, range.startLine, range.lastLine + 1))
}

/** Lets the first line begin and the last line end where the range does, for as long as the work takes. */
export function withRange<T>(state: StateBlock, range: Range, work: () => T): T {
  const { startLine: first, lastLine: last } = range
  const before = [state.bMarks[first], state.tShift[first], state.sCount[first], state.eMarks[last], state.lineMax]
  const text = Math.min(state.skipSpaces(range.start), range.end)
  state.bMarks[first] = range.start
  state.tShift[first] = text - range.start
  state.sCount[first] = state.blkIndent
  state.eMarks[last] = range.end
  state.lineMax = last + 1
  const result = work()
  const [bMark = 0, tShift = 0, sCount = 0, eMark = 0, lineMax = 0] = before
  state.bMarks[first] = bMark
  state.tShift[first] = tShift
  state.sCount[first] = sCount
  state.eMarks[last] = eMark
  state.lineMax = lineMax
  return result
}
