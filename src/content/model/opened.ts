import { attachmentsIn } from './pictures.ts'

// In stored HTML the signs of a tag are only ever written by us.
const edge = /<blockquote class="quote"( data-post="\d+")?>|<\/blockquote>/g

/**
 * The numbers of what this forum keeps and the writer of stored HTML shows or leads to, each once. What stands in a quote
 * of a post is not among them: whoever was quoted chose it, and that post shows it to those who may have it.
 */
export function attachmentsShownBy(html: string): number[] {
  const all = attachmentsIn(html)
  return all.length > 0 && html.includes(' data-post="') ? attachmentsIn(withoutQuotes(html)) : all
}

function withoutQuotes(html: string): string {
  let kept = ''
  let from = 0
  /** Of each quote that is open, whether it is of a post. */
  const open: boolean[] = []
  for (const { 0: tag, 1: post, index } of html.matchAll(edge)) {
    const wasWithin = open.includes(true)
    if (tag.startsWith('</')) open.pop()
    else open.push(post !== undefined)
    const isWithin = open.includes(true)
    if (!wasWithin && isWithin) kept += html.slice(from, index)
    if (!isWithin) from = wasWithin ? index : from
  }
  return open.includes(true) ? kept : kept + html.slice(from)
}
