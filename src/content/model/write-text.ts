import type { Block, Leaf, Line } from './document.ts'

export type TextOptions = {
  /** Also what others wrote and what is hidden behind a spoiler. */
  readonly everything: boolean
}

/** The words alone, blocks and lines separated by line feeds. */
export function writeText(blocks: readonly Block[], options: TextOptions): string {
  return blocks
    .map(block => blockText(block, options))
    .filter(text => text !== '')
    .join('\n')
}

function blockText(block: Block, options: TextOptions): string {
  const inside = (blocks: readonly Block[]) => writeText(blocks, options)
  switch (block.type) {
    case 'paragraph':
      return block.lines.map(line => lineText(line, options)).join('\n')
    case 'heading':
    case 'embed':
      return lineText(block.line, options)
    case 'code':
      return block.text
    case 'quote':
      return block.of && !options.everything ? '' : inside(block.blocks)
    case 'spoiler':
      return options.everything ? inside(block.blocks) : '…'
    case 'list':
      return block.items.map(item => inside(item.blocks)).join('\n')
    case 'table':
      return block.rows
        .map(row =>
          row
            .map(line => lineText(line, options))
            .join(' ')
            .trim(),
        )
        .join('\n')
    case 'rule':
      return ''
  }
}

function lineText(line: Line, options: TextOptions): string {
  const hidden = (leaf: Leaf | undefined) => !options.everything && (leaf?.marks.includes('spoiler') ?? false)
  return line.map((leaf, at) => (hidden(leaf) ? (hidden(line[at - 1]) ? '' : '…') : leafText(leaf))).join('')
}

function leafText(leaf: Leaf): string {
  if (leaf.type === 'image') return leaf.alt
  return leaf.type === 'mention' ? `@${leaf.name}` : leaf.text
}
