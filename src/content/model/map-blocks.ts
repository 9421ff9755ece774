import type { Block, Item, Leaf, Line } from './document.ts'

/** Every block replaced by what `change` makes of it, the innermost first; what is left empty goes. */
export function mapBlocks(blocks: readonly Block[], change: (block: Block) => readonly Block[]): Block[] {
  return blocks.flatMap(block => {
    const inner = mapInside(block, change)
    return inner ? change(inner) : []
  })
}

function mapInside(block: Block, change: (block: Block) => readonly Block[]): Block | null {
  if (block.type === 'list') {
    const items = block.items.flatMap((item): Item[] => {
      const blocks = mapBlocks(item.blocks, change)
      return blocks.length > 0 ? [{ ...item, blocks }] : []
    })
    return items.length > 0 ? { ...block, items } : null
  }
  if (block.type !== 'quote' && block.type !== 'spoiler') return block
  const blocks = mapBlocks(block.blocks, change)
  return blocks.length > 0 || (block.type === 'quote' && block.of) ? { ...block, blocks } : null
}

/** The block with every leaf of its own lines replaced; not those of blocks inside it. */
export function mapLeaves(block: Block, change: (leaf: Leaf) => Leaf): Block {
  const line = (one: Line): Line => one.map(change)
  switch (block.type) {
    case 'paragraph':
      return { ...block, lines: block.lines.map(line) }
    case 'heading':
    case 'embed':
      return { ...block, line: line(block.line) }
    case 'table':
      return { ...block, rows: block.rows.map(row => row.map(line)) }
    default:
      return block
  }
}
