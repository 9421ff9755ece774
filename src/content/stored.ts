import type { Block, Leaf } from './model/document.ts'
import { findReferences } from './model/find.ts'
import { mapBlocks, mapLeaves } from './model/map-blocks.ts'
import { readHtml } from './model/read-html.ts'
import { readLines } from './model/read-lines.ts'
import { writeHtml } from './model/write-html.ts'
import { writeText } from './model/write-text.ts'
import { cleanLine } from './text/clean.ts'

/**
 * Stored HTML in which every quote of this post says only `replacement`, wherever it stands; the same HTML when there is
 * none. The plain text stored with it needs no change, because attributed quotes are not in it.
 */
export function withoutQuotesOf(html: string, postId: number, replacement: string): string {
  if (!quotesIn(html).includes(postId)) return html
  const lines = readLines([{ type: 'text', text: cleanLine(replacement), marks: [] }], undefined)
  const erased: Block = { type: 'quote', of: null, blocks: [{ type: 'paragraph', lines }] }
  const isIt = (block: Block) => block.type === 'quote' && block.of?.post === postId
  return writeHtml(mapBlocks(readStored(html), block => [isIt(block) ? erased : block]))
}

/** Somebody whose name is to be another one where it stands in stored HTML: as mentioned, and as the author of quotes. */
export type Renamed = {
  readonly member: number
  /** Their posts, as far as they are quoted. */
  readonly posts: ReadonlySet<number>
  readonly name: string
  /** Whom mentions of them mean from now on; null: nobody, they become plain text. */
  readonly mentioned: number | null
}

/** Stored HTML that calls them by the new name. The same HTML when it does not name them. */
export function withNameChanged(html: string, { member, posts, name, mentioned }: Renamed): string {
  const shown = cleanLine(name)
  const leaf = (one: Leaf): Leaf => {
    if (one.type !== 'mention' || one.member !== member) return one
    if (mentioned === null) return { type: 'text', text: `@${shown}`, marks: one.marks }
    return { ...one, member: mentioned, name: shown }
  }
  const changed = mapBlocks(readStored(html), block => {
    const named = mapLeaves(block, leaf)
    const isTheirs = named.type === 'quote' && named.of !== null && posts.has(named.of.post)
    return [isTheirs ? { ...named, of: { ...named.of, name: shown } } : named]
  })
  return writeHtml(changed)
}

/** The posts quoted in stored HTML, each once. */
export function quotesIn(html: string): number[] {
  if (!html.includes(' data-post="')) return []
  return findReferences(readStored(html)).quotes
}

/** The plain text that `compose` gave with this HTML. */
export function textOf(html: string): string {
  return writeText(readStored(html), { everything: false })
}

function readStored(html: string): Block[] {
  return readHtml(html, { stored: true })
}
