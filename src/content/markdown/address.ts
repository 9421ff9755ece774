import type { MarkdownIt } from 'markdown-it'
import { linkLengthAt } from '../links/find-links.ts'

/**
 * An address in the text stays whole, so that `_` and `*` in it are no emphasis. It becomes a link later, where those
 * in pasted HTML do too.
 */
export function addresses(md: MarkdownIt): void {
  md.inline.ruler.after('text', 'address', (state, silent) => {
    if (silent || state.linkLevel > 0 || !state.src.startsWith('://', state.pos)) return false
    const before = state.src.slice(Math.max(0, state.pos - 6), state.pos)
    const scheme = /(?:^|[^\p{L}\p{N}_])(https?)$/iu.exec(before)?.[1]
    if (!scheme || state.pending.length < scheme.length) return false
    const start = state.pos - scheme.length
    const length = linkLengthAt(state.src.slice(0, state.posMax), start)
    // Signs at its end close a mark around it.
    const address = state.src.slice(start, start + length).replace(/(?<![*_~|+])[*_~|+]+$/, '')
    if (address.length <= scheme.length + 3) return false
    state.pending += address.slice(scheme.length)
    state.pos = start + address.length
    return true
  })
}
