import type { ConvertOptions } from './conversion.ts'
import { toMarkdownHere } from './inverse/to-markdown.ts'
import type { Block } from './model/document.ts'
import { mapBlocks } from './model/map-blocks.ts'
import { readHtml } from './model/read-html.ts'
import { writeHtml } from './model/write-html.ts'
import { readDraft } from './pipeline.ts'
import { cleanLine } from './text/clean.ts'

/** Whose words they are, as shown now. */
export type Quoted = { readonly postId: number; readonly name: string }

/** A whole post, by its stored HTML. */
export type Quotable = Quoted & { readonly html: string }

/**
 * Markdown for the reply box: each post as an attributed quote that keeps one level of what it quotes itself, and room to
 * go on. On this thread.
 */
export function quotesHere(posts: readonly Quotable[]): string {
  return posts.map(({ html, ...of }) => quote(of, readHtml(html, { stored: true }))).join('')
}

/**
 * The same for some words of a post, given as HTML that anybody may have written. Empty when nothing is left of it. Throws
 * Invalid when it is too complex. On this thread.
 */
export function quotePartHere(of: Quoted, html: string, { baseUrl }: ConvertOptions): string {
  const blocks = readDraft({ body: html, format: 'html' }, { baseUrl })
  return blocks.length > 0 ? quote(of, blocks) : ''
}

function quote({ postId, name }: Quoted, inside: readonly Block[]): string {
  const shown = cleanLine(name)
  const blocks = mapBlocks(inside, quotable)
  return `${toMarkdownHere(writeHtml([{ type: 'quote', of: shown ? { post: postId, name: shown } : null, blocks }]))}\n\n`
}

/** Nothing that embeds, and in a quote no other. */
function quotable(block: Block): Block[] {
  if (block.type === 'embed') return [{ type: 'paragraph', lines: [block.line] }]
  if (block.type !== 'quote') return [block]
  const blocks = mapBlocks(block.blocks, inner => (inner.type === 'quote' ? [] : [inner]))
  return blocks.length > 0 ? [{ ...block, blocks }] : []
}
