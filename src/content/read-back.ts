import type { ConvertOptions } from './conversion.ts'
import { checkLength } from './limits.ts'
import { isLong, longText } from './long.ts'
import type { Quotable, Quoted } from './quoting.ts'
import { inThread } from './thread/pool.ts'

/**
 * The Markdown of HTML that `compose` made: composing it with the same options gives exactly that HTML again. Throws
 * Unavailable when too many long texts are waiting. Never call it in a transaction.
 */
export async function toMarkdown(html: string): Promise<string> {
  if (isLong(html)) return inThread('markdown', html)
  const { toMarkdownHere } = await import('./inverse/to-markdown.ts')
  return toMarkdownHere(html)
}

/**
 * Markdown for the reply box: each post as an attributed quote that keeps one level of what it quotes itself, and room to
 * go on. Throws Unavailable when too many long texts are waiting. Never call it in a transaction.
 */
export async function quotesOf(posts: readonly Quotable[]): Promise<string> {
  const isMuch = posts.reduce((sum, { html }) => sum + html.length, 0) >= longText
  if (isMuch) return inThread('quotes', posts)
  const { quotesHere } = await import('./quoting.ts')
  return quotesHere(posts)
}

/**
 * The same for some words of a post, given as HTML that anybody may have written; empty when nothing is left of it. Throws
 * Invalid when it is far too long or too complex, else as `quotesOf`.
 */
export async function quotePart(
  of: Quoted,
  html: string,
  { maxLength, baseUrl }: ConvertOptions & { readonly maxLength: number },
): Promise<string> {
  checkLength(html, maxLength)
  if (isLong(html)) return inThread('quotePart', of, html, { baseUrl })
  const { quotePartHere } = await import('./quoting.ts')
  return quotePartHere(of, html, { baseUrl })
}
