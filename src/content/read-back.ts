import { toMarkdownHere } from './inverse/to-markdown.ts'
import { isLong } from './long.ts'
import { type Quotable, quoteHere } from './stored.ts'
import { inThread } from './thread/pool.ts'

/**
 * The Markdown of HTML that `compose` made: composing it with the same options gives exactly that HTML again. Throws
 * Unavailable when too many long texts are waiting. Never call it in a transaction.
 */
export async function toMarkdown(html: string): Promise<string> {
  return isLong(html) ? inThread('markdown', html) : toMarkdownHere(html)
}

/**
 * Markdown for the reply box: the post as an attributed quote, without what it quotes itself, and room to go on. Throws
 * Unavailable when too many long texts are waiting. Never call it in a transaction.
 */
export async function quoteOf(post: Quotable): Promise<string> {
  return isLong(post.html) ? inThread('quote', post) : quoteHere(post)
}
