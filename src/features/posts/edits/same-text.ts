import { toMarkdown } from '../../../content/index.ts'
import type { Typed } from '../compose-post.ts'
import type { PostText } from './replace-text.ts'

/** Saving what the form offered changes nothing, even where our Markdown has more than one way to write it. */
export function isSameText(before: PostText, after: PostText, typed: Typed): boolean {
  if (before.title !== after.title) return false
  return before.html === after.html || (typed.format === 'markdown' && isSameMarkdown(before.html, typed.body))
}

function isSameMarkdown(html: string, body: string): boolean {
  return plainLines(toMarkdown(html)) === plainLines(body)
}

/** Browsers send line ends of their own. */
function plainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd()
}
