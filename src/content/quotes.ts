import type { Block } from './model/document.ts'
import { findReferences } from './model/find.ts'
import { readHtml } from './model/read-html.ts'
import { writeHtml } from './model/write-html.ts'
import { writeText } from './model/write-text.ts'
import { toMarkdown } from './inverse/to-markdown.ts'

/** The posts that a stored text quotes. */
export function quotesIn(html: string): number[] {
  return findReferences(readStored(html)).quotes
}

/** The Markdown of an attributed quote, for the reply box; what the post itself quotes stays out. */
export function quoteOf({ postId, name, html }: { postId: number; name: string; html: string }): string {
  const own = readStored(html).filter(block => block.type !== 'quote')
  return toMarkdown(writeHtml([{ type: 'quote', of: { post: postId, name }, blocks: own }]))
}

/** A stored text in which these words stand in place of what it quotes of a post. */
export function withoutQuotesOf(html: string, postId: number, replacement = '…'): { html: string; text: string } {
  const blocks = readStored(html).map(block => withoutQuote(block, postId, replacement))
  return { html: writeHtml(blocks), text: writeText(blocks, { everything: false }) }
}

function withoutQuote(block: Block, postId: number, replacement: string): Block {
  if (block.type === 'quote' && block.of?.post === postId) {
    return { type: 'paragraph', lines: [[{ type: 'text', text: replacement, marks: [] }]] }
  }
  const clear = (blocks: readonly Block[]) => blocks.map(inner => withoutQuote(inner, postId, replacement))
  if (block.type === 'quote' || block.type === 'spoiler') return { ...block, blocks: clear(block.blocks) }
  if (block.type !== 'list') return block
  return { ...block, items: block.items.map(item => ({ ...item, blocks: clear(item.blocks) })) }
}

function readStored(html: string): Block[] {
  return readHtml(html, {})
}
