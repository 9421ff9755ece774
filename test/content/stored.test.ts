import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesWanted, quotesIn, quotesOf, withoutQuotesOf } from '../../src/content/index.ts'
import { assertSameWhenSaved, html } from './support/compose.ts'

test('Quoting a post gives its text under the name of its author, with one level of what it quotes itself', async () => {
  const post = await html(
    '> [Bob wrote:](/post/4)\n> his\n>\n> > [Cy wrote:](/post/3)\n> > deep\n\nMine **too**\n\n- a\n  > [Bob wrote:](/post/4)\n- b\n\nhttps://a.example/\n\n||\n> x\n||',
  )
  const quote = await quotesOf([{ postId: 678, name: 'Ann [x]', html: post }])
  assert.equal(
    quote,
    '> [Ann \\[x\\] wrote:](/post/678)\n>\n> > [Bob wrote:](/post/4)\n> >\n> > his\n>\n> Mine **too**\n>\n> - a\n> - b\n>\n> <https://a.example/>\n>\n> ||\n> > x\n> ||\n\n',
  )
  const stored = await html(`${quote}Yes`)
  assert.match(stored, /^<blockquote class="quote" data-post="678"><header><a href="\/post\/678">Ann \[x\] wrote:/)
  assert.ok(stored.endsWith('</blockquote><p>Yes</p>'))
})

test('A post that only quotes can still be quoted', async () => {
  const quote = await quotesOf([{ postId: 5, name: 'Ann', html: await html('> [Bob wrote:](/post/4)\n> his') }])
  assert.equal(quote, '> [Ann wrote:](/post/5)\n>\n> > [Bob wrote:](/post/4)\n> >\n> > his\n\n')
})

test('Erasing a post takes its words out of every quote of it, and touches nothing else', async () => {
  const post = await html(
    'a\n\n> [Ann wrote:](/post/5)\n> gone\n\n- b\n\n  > [Bob wrote:](/post/6)\n  >\n  > > [Ann wrote:](/post/5)\n  > > gone\n  >\n  > stays\n\nhttps://home.example/x',
  )
  assert.deepEqual(quotesIn(post), [5, 6])
  const left = withoutQuotesOf(post, 5, 'This was erased.')
  assert.ok(!left.includes('gone') && !left.includes('Ann') && !left.includes('/post/5'), left)
  assert.equal(left.match(/<blockquote class="quote"><p>This was erased.<\/p><\/blockquote>/g)?.length, 2)
  assert.equal(withoutQuotesOf(post, 7, 'x'), post)
  assert.ok(left.endsWith('<p><a class="embed" href="https://home.example/x">https://home.example/x</a></p>'))
  await assertSameWhenSaved(left)
})

test('The names that a text asks for are known before it is composed', () => {
  assert.deepEqual(namesWanted('> [A wrote:](/post/5)\n@[B](/profile/7-b/) /post/5 /post/0 /profile/x /profile/12'), {
    members: [7, 12],
    posts: [5],
  })
})
