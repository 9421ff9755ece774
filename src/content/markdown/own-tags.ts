import type { MarkdownIt, Token } from 'markdown-it'

/** Where our HTML differs from common Markdown: tasks in lists, the levels of headings, the alignment of cells. */
export function ownTags(md: MarkdownIt): void {
  md.core.ruler.after('block', 'own_tags', ({ tokens }) => {
    tokens.forEach((token, at) => {
      if (token.type === 'list_item_open') markTask(token, tokens[at + 1], tokens[at + 2])
      if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = headingTag(token)
      if (token.type === 'th_open' || token.type === 'td_open') markCell(token)
    })
  })
}

/** `- [ ] task` and `- [x] done` */
function markTask(item: Token, paragraph: Token | undefined, text: Token | undefined): void {
  const box = /^\[([ xX])\][ \t]+(?=[^ \t\n])/.exec(text?.content ?? '')
  if (!text || !box || paragraph?.type !== 'paragraph_open') return
  text.content = text.content.slice(box[0].length)
  item.attrSet('data-checked', String(box[1] !== ' '))
}

/** A post has a heading of the second level already. */
function headingTag(heading: Token): string {
  return heading.markup.length <= 2 ? 'h3' : 'h4'
}

/** A class instead of a style, which no page of ours may hold. */
function markCell(cell: Token): void {
  const side = /center|right/.exec(String(cell.attrGet('style') ?? ''))?.[0]
  cell.attrs = side ? [['class', `align-${side}`]] : null
}
