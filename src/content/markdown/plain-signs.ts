import type { MarkdownIt } from 'markdown-it'

/** A line of nothing but "-", "+", "1." or "#" is what someone said, and neither an empty item nor an empty heading. */
export function plainSigns(md: MarkdownIt): void {
  md.block.ruler.before('list', 'plain_sign', (state, line, _endLine, silent) => {
    const text = state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd()
    if (silent || !/^(?:[-+*]|\d{1,9}[.)]|#{1,6})$/.test(text)) return false
    state.push('paragraph_open', 'p', 1)
    const content = state.push('inline', '', 0)
    content.content = text
    content.children = []
    state.push('paragraph_close', 'p', -1)
    state.line = line + 1
    return true
  })
}
