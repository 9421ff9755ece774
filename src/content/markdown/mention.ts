import type { MarkdownIt } from 'markdown-it'

const mention = /@\[((?:\\[^\n]|[^\\[\]\n]){1,200})\]\(\/profile\/([1-9][0-9]{0,15})(?:-[^\s()]*)?\/?\)/y

/** `@[Name](/profile/7)` */
export function mentions(md: MarkdownIt): void {
  md.inline.ruler.before('link', 'mention', (state, silent) => {
    if (state.src[state.pos] !== '@') return false
    mention.lastIndex = state.pos
    const found = mention.exec(state.src)
    if (!found || mention.lastIndex > state.posMax) return false
    if (!silent) {
      const token = state.push('mention', 'a', 0)
      token.content = md.utils.unescapeMd(found[1] ?? '')
      token.meta = { member: Number(found[2]) }
    }
    state.pos = mention.lastIndex
    return true
  })
  md.renderer.rules.mention = (tokens, at) => {
    const { content = '', meta } = tokens[at] ?? {}
    return `<a class="mention" href="/profile/${meta?.member}">@${md.utils.escapeHtml(content)}</a>`
  }
}
