import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose, quotesOf, toMarkdown } from '../../src/content/index.ts'
import { Invalid } from '../../src/platform/errors.ts'
import { type Cost, costOf } from './harness/cost.ts'
import { repeatedTexts } from './harness/repeated.ts'

const size = 100_000
const times = (text: string) => text.repeat(Math.ceil(size / text.length))

/** HTML as it may be stored, of the kinds that cost the square of their length when they are read carelessly. */
const texts: Record<string, string> = {
  'a run of spaces that do not break': `<p>a${times('\u00a0')}b</p>`,
  'one list after another': times('<ol><li><p>a</p></li></ol>'),
  'a list of many items': `<ol>${times('<li>a<ol><li>b</li></ol></li>')}</ol>`,
  'empty lines of code in a quote': `<blockquote class="quote"><pre><code>a${times('\n')}b</code></pre></blockquote>`,
  'bars in a spoiler': `<details class="spoiler"><summary>Spoiler</summary><pre><code>a${times('|')}b</code></pre></details>`,
}

/** What answers others meanwhile is this thread. */
const isLittle = ({ here, all }: Cost) => here < 50 && all < 2500

for (const [what, html] of Object.entries(texts)) {
  test(`Whoever quotes or edits ${what} keeps nobody waiting`, async () => {
    const cost = await costOf(async () => {
      const markdown = await toMarkdown(html)
      await quotesOf([{ postId: 1, name: 'Spammer', html }])
      assert.ok(markdown.length > 20_000)
    }, isLittle)
    assert.ok(isLittle(cost), `takes ${cost.here} of ${cost.all} ms`)
  })
}

test('Whoever sends whatever a hundred thousand times keeps nobody waiting while it is composed', async () => {
  const all = process.env.STOA_LONG === '1'
  for (const body of all ? repeatedTexts() : ['![', '>a\n', '- a\n', '*a', '<b>', '@['].map(times)) {
    for (const format of all ? (['markdown', 'html'] as const) : ([/</.test(body) ? 'html' : 'markdown'] as const)) {
      const limits = { maxLength: 200_000, maxEmoji: 75 }
      const send = () => compose({ body, format }, limits).catch(error => assert.ok(error instanceof Invalid))
      const { here } = await costOf(send, cost => cost.here < 50)
      assert.ok(here < 50, `${JSON.stringify(body.slice(0, 6))} as ${format} takes ${here} ms`)
    }
  }
})

test('Whoever sends elements inside each other without end is refused, whatever they end in between', async () => {
  for (const piece of ['<b>a</i>', '<b>a</nothing>', '<i></i><b></i>']) {
    const draft = { body: piece.repeat(12_000), format: 'html' as const }
    await assert.rejects(compose(draft, { maxLength: 200_000, maxEmoji: 75 }), Invalid, piece)
  }
})

test('Marks that end with what stands around them are no depth', async () => {
  const { html } = await compose({ body: '<p><i>a</p>'.repeat(500), format: 'html' }, { maxLength: 9000, maxEmoji: 75 })
  assert.match(html, /a/)
})
