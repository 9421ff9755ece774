import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanLine, excerpt, mentionsLink, textOf } from '../../src/content/index.ts'
import { composed, html, pasted } from './support/compose.ts'

test('A long post keeps its paragraphs and its quotation marks as they were', async () => {
  const post = [
    'For the gardeners of the porch, the frost of that week was a "two-for-one" loss.',
    '“This is precisely the sort of night the old fig needed to be spared,” said Marta — a keeper of figs for 40 years — and it wasn’t.',
    "What's more, the 'Brown Turkey' stood in 1,000 litres of wet soil; it couldn't drain. * * * 3 * 4 = 12, _so_to_say_.",
    '- That is the end of it as we know it," she wrote in a text message.\n- And then nothing.',
    'Is it dead? <No>, & the lower buds (all 5 of them) are green…',
  ]
  const { html: stored, text } = await composed(post.join('\n\n\n'))
  assert.equal(stored.match(/<p>|<ul>/g)?.length, 5)
  assert.ok(stored.startsWith(`<p>${post[0]}</p><p>${post[1]}</p>`))
  assert.ok(text.includes(`${post[1]}\nWhat's more, the 'Brown Turkey'`))
  assert.ok(text.endsWith(post[4] ?? '-'))
})

test('The plain text has a line for every block, and neither what others wrote nor what is hidden', async () => {
  const { text } = await composed(
    [
      '# Title',
      '> [Ann wrote:](/post/5)\n>\n> hers',
      '> a poem',
      'one **two**\nthree ||secret **very**|| @[Bob](/profile/7)',
      '- a\n  - b\n- c',
      '| x | y |\n|---|---|\n| 1 | 2 |',
      '||\nalso secret\n||',
      '```\ncode\n  more\n```',
      '![a cat](https://a.example/c.png)',
    ].join('\n\n'),
  )
  assert.equal(text, 'Title\na poem\none two\nthree … @Bob\na\nb\nc\nx y\n1 2\n…\ncode\n  more\na cat')
  assert.equal(textOf(await html('x **y**\n\n> [Ann wrote:](/post/5)\n> z')), 'x y')
})

test('An excerpt ends between words, and never within a character', () => {
  assert.equal(excerpt('short', 20), 'short')
  assert.equal(excerpt('one two\nthree four', 12), 'one two…')
  assert.equal(excerpt('one two, three', 10), 'one two…')
  assert.equal(excerpt('x'.repeat(50), 10), `${'x'.repeat(9)}…`)
  assert.equal(excerpt('👨‍👩‍👧‍👦'.repeat(5), 20), `${'👨‍👩‍👧‍👦'}…`)
  assert.equal(excerpt('', 10), '')
  assert.ok(excerpt('word '.repeat(100_000), 160).length <= 160)
})

test('A link or an address in a text is noticed, however it is written', async () => {
  const outside = [
    'https://a.example/x',
    'www.example.com',
    'buy at example.com now',
    'EXAMPLE.COM',
    'ｅｘａｍｐｌｅ．ｃｏｍ',
    'exam\u200bple.com',
    'ann@example.com',
    '`example.com`',
    '```\nhttps://a.example\n```',
    '[x](https://a.example)',
    '[mail](mailto:ann@a.example)',
    '![x](https://a.example/c.png)',
    '> [Ann wrote:](/post/5)\n>\n> example.com',
    'best-pills.shop',
    'see t.me/x',
    '[url=https://a.example]x[/url]',
  ]
  for (const body of outside) assert.equal((await composed(body)).hasLink, true, body)
  const none = [
    'no link. None at all.',
    'e.g. this, i.e. that',
    'end.Next sentence',
    '3.14 and 1.2.3',
    '[x](/topic/5) @[Ann](/profile/7)',
    'https://home.example/topic/5 and home.example',
    '> [Ann wrote:](/post/5)\n>\n> x',
    'x@y',
  ]
  for (const body of none) assert.equal((await composed(body)).hasLink, false, body)
  assert.equal((await composed('https://home.example/', { baseUrl: undefined })).hasLink, true)
  assert.equal(mentionsLink('Visit example.com'), true)
})

test('Who is mentioned and what is quoted is told once, and mentions in a quote are not the author’s', async () => {
  const { mentions, quotes } = await composed(
    '> [Ann wrote:](/post/5)\n>\n> @[Bob](/profile/7)\n> > [Bob wrote:](/post/4)\n> > x\n\n@[Cy](/profile/8) @[Cy](/profile/8)\n\n> @[Di](/profile/9)\n\n> [Ann wrote:](/post/5)\n> y',
  )
  assert.deepEqual({ mentions, quotes }, { mentions: [8, 9], quotes: [5, 4] })
})

test('Names come from the forum where it gives them, and nobody else can be named', async () => {
  const names = { members: { 7: 'Ann B' }, posts: { 5: 'Ann B' } }
  assert.equal(
    await html('> [Pope wrote:](/post/5)\n> x\n\n@[Pope](/profile/7) @[Nobody](/profile/8)', { names }),
    '<blockquote class="quote" data-post="5"><header><a href="/post/5">Ann B wrote:</a></header><p>x</p></blockquote><p><a class="mention" href="/profile/7">@Ann B</a> @Nobody</p>',
  )
  assert.equal(
    await pasted('<blockquote data-post="6"><header><a href="/post/6">Pope wrote:</a></header>x</blockquote>', {
      names,
    }),
    '<blockquote class="quote"><p>Pope wrote:</p><p>x</p></blockquote>',
  )
})

test('A title is one line of visible characters', () => {
  assert.equal(cleanLine('  a\u0000 \n\tb\u00a0 c\ud800 '), 'a b c')
})
