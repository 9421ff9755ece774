import fc from 'fast-check'
import type { Align, Block, Item, Leaf, Line, Mark, Style } from '../../../src/content/model/document.ts'

const word = fc.constantFrom(
  'fig',
  'Lätitia',
  '木',
  'C++',
  '5*3',
  'a_b',
  '[x]',
  '<b>',
  '&amp;',
  '#1',
  '1.',
  '-',
  'x|y',
  '~',
  '`',
)
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map(all => `w${all.join(' ')}z`)
const style = fc.constantFrom<Style>('strong', 'em', 'u', 's', 'spoiler')
const styles = fc.uniqueArray(style, { maxLength: 3 })
const link = fc
  .constantFrom('https://a.example/x?y=1&z=(2)', '/topic/12-figs/?page=2', 'mailto:ann@a.example')
  .map((href): Mark => ({ href, outside: !href.startsWith('/'), bare: false }))

const leaf: fc.Arbitrary<Leaf> = fc
  .tuple(styles, fc.option(link), fc.nat(4), words, fc.nat({ max: 9 }))
  .chain(([outer, linked, kind, text, number]) => {
    const marks: Mark[] = linked ? [...outer, linked] : outer
    if (kind === 1) return fc.constant<Leaf>({ type: 'code', text, marks })
    if (kind === 2 && !linked) return fc.constant<Leaf>({ type: 'mention', member: number + 1, name: text, marks })
    return fc.constant<Leaf>({ type: 'text', text, marks })
  })

const space: Leaf = { type: 'text', text: ' ', marks: [] }
const line: fc.Arbitrary<Line> = fc
  .array(leaf, { minLength: 1, maxLength: 3 })
  .map(leaves => leaves.flatMap((one, at) => (at === 0 ? [one] : [space, one])))
const paragraph: fc.Arbitrary<Block> = fc
  .array(line, { minLength: 1, maxLength: 2 })
  .map(lines => ({ type: 'paragraph', lines }))
const codeText = fc.array(fc.oneof(words, fc.constantFrom('', '  ', '```', '> ', '||', '\t')), { maxLength: 4 })

const table: fc.Arbitrary<Block> = fc.integer({ min: 1, max: 2 }).chain(width => {
  const align = fc.constantFrom<Align>(null, 'center', 'right')
  const row = fc.array(fc.oneof(line, fc.constant<Line>([])), { minLength: width, maxLength: width })
  const full = fc.array(line, { minLength: width, maxLength: width })
  return fc
    .tuple(fc.array(align, { minLength: width, maxLength: width }), full, fc.array(row, { maxLength: 2 }))
    .map(([columns, head, body]): Block => ({ type: 'table', columns, rows: [head, ...body] }))
})

const simple: fc.Arbitrary<Block> = fc.oneof(
  { arbitrary: paragraph, weight: 4 },
  fc.tuple(fc.constantFrom<3 | 4>(3, 4), line).map(([level, one]): Block => ({ type: 'heading', level, line: one })),
  fc
    .tuple(fc.constantFrom('', 'js', 'c++', 'whatever'), codeText)
    .map(([language, lines]): Block => ({ type: 'code', language, text: ['x', ...lines, 'y'].join('\n') })),
  table,
  fc.constant<Block>({ type: 'rule' }),
)

type Tree = { block: Block; blocks: Block[]; item: Item }

const { block } = fc.letrec<Tree>(tie => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    fc
      .tuple(
        fc.option(fc.tuple(fc.integer({ min: 1, max: 99 }), words, fc.option(fc.constant(1_770_000_000_000)))),
        tie('blocks'),
      )
      .map(([of, blocks]): Block => {
        const by = of && { post: of[0], name: of[1], ...(of[2] === null ? {} : { at: of[2] }) }
        return { type: 'quote', of: by, blocks }
      }),
    tie('blocks').map((blocks): Block => ({ type: 'spoiler', blocks })),
    fc
      .tuple(fc.constantFrom(null, 1, 0, 7), fc.array(tie('item'), { minLength: 1, maxLength: 2 }))
      .map(([start, items]): Block => ({ type: 'list', start, items })),
  ),
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 2 }),
  item: fc.tuple(fc.option(fc.boolean()), tie('blocks')).map(
    ([task, blocks]): Item => ({
      task: blocks[0]?.type === 'paragraph' ? task : null,
      blocks,
    }),
  ),
}))

/** Documents as they may be stored, with all that has a place in them but pictures and embeds. */
export const documents = fc.array(block, { minLength: 1, maxLength: 2 })
