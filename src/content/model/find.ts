import type { Block, Line } from './document.ts'

/** The blocks directly inside this one. */
export function blocksIn(block: Block): readonly Block[] {
  if (block.type === 'list') return block.items.flatMap(item => item.blocks)
  return block.type === 'quote' || block.type === 'spoiler' ? block.blocks : []
}

/** Every line of a document. */
export function linesIn(blocks: readonly Block[]): Line[] {
  return blocks.flatMap(block => [...ownLines(block), ...linesIn(blocksIn(block))])
}

/** Who is mentioned outside of quotes, and which posts are quoted, each once. */
export function findReferences(blocks: readonly Block[]): { mentions: number[]; quotes: number[] } {
  const mentions = new Set<number>()
  const quotes = new Set<number>()
  const visit = (block: Block, quoted: boolean) => {
    const isQuote = block.type === 'quote' && block.of !== null
    if (block.type === 'quote' && block.of) quotes.add(block.of.post)
    for (const leaf of ownLines(block).flat()) if (leaf.type === 'mention' && !quoted) mentions.add(leaf.member)
    for (const inner of blocksIn(block)) visit(inner, quoted || isQuote)
  }
  for (const block of blocks) visit(block, false)
  return { mentions: [...mentions], quotes: [...quotes] }
}

function ownLines(block: Block): readonly Line[] {
  switch (block.type) {
    case 'paragraph':
      return block.lines
    case 'heading':
    case 'embed':
      return [block.line]
    case 'table':
      return block.rows.flat()
    default:
      return []
  }
}
