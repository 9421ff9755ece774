import { toMarkdown } from '../../../content/index.ts'
import type { Typed } from '../compose-post.ts'

/**
 * Whether somebody whose form offered this HTML sent it as it was: that changes nothing, even where our Markdown has more
 * than one way to write it. Throws as `toMarkdown`, and like it takes too long for a transaction.
 */
export async function isAsOffered(html: string, { body, format }: Typed): Promise<boolean> {
  return format === 'markdown' && plainLines(await toMarkdown(html)) === plainLines(body)
}

/** Browsers send line ends of their own. */
function plainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').trimEnd()
}
