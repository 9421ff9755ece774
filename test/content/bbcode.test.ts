import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toMarkdown } from '../../src/content/index.ts'
import { html } from './support/compose.ts'

const rel = 'rel="ugc nofollow noopener"'

test('Forum people write b, i, u, s, url and img as they always did', async () => {
  assert.equal(
    await html('[b]b[/b] [I]i[/I] [u]u[/u] [s]s[/s] un[b]believ[/b]able'),
    '<p><strong>b</strong> <em>i</em> <u>u</u> <s>s</s> un<strong>believ</strong>able</p>',
  )
  assert.equal(
    await html('[url]https://a.example/x[/url] [url=https://a.example/y][b]y[/b][/url] [url="/post/5"]z[/url]'),
    `<p><a href="https://a.example/x" ${rel}>https://a.example/x</a> <a href="https://a.example/y" ${rel}><strong>y</strong></a> <a href="/post/5">z</a></p>`,
  )
  assert.equal(
    await html('[img]https://a.example/c.png[/img]'),
    '<p><a class="remote" href="https://a.example/c.png" rel="ugc nofollow noopener">https://a.example/c.png</a></p>',
  )
})

test('Quotes, code, lists and spoilers of BBCode become ours', async () => {
  assert.equal(
    await html('[quote="Ann, post: 5, member: 7"]one\n\n[quote]two[/quote][/quote]\nyes'),
    '<blockquote class="quote"><p>Ann wrote:</p><p>one</p><blockquote class="quote"><p>two</p></blockquote></blockquote><p>yes</p>',
  )
  assert.equal(
    await html('[code=js]\na[b]\n[/code]'),
    '<pre data-language="JavaScript"><code class="language-js">a[b]</code></pre>',
  )
  assert.equal(await html('use [code]a[b][/code] here'), '<p>use <code>a[b]</code> here</p>')
  assert.equal(
    await html('[list]\n[*]one\n[*]two\n[list=1][*]a[*]b[/list]\n[/list]\nend'),
    '<ul><li>one</li><li>two<ol><li>a</li><li>b</li></ol></li></ul><p>end</p>',
  )
  assert.equal(
    await html('[spoiler]one\n\ntwo[/spoiler] and [spoiler]x[/spoiler] y'),
    '<details class="spoiler"><summary>Spoiler</summary><p>one</p><p>two</p></details><p>and <span class="spoiler" tabindex="0">x</span> y</p>',
  )
})

test('A tag inside of code, behind a backslash or without a partner is text', async () => {
  assert.equal(await html('`[b]x[/b]`'), '<p><code>[b]x[/b]</code></p>')
  assert.equal(await html('```\n[quote]x[/quote]\n```'), '<pre><code>[quote]x[/quote]</code></pre>')
  assert.equal(await html('\\[b]x[/b] [i]y [u]z[/i] array[i] [c]'), '<p>[b]x[/b] <em>y [u]z</em> array[i] [c]</p>')
  assert.equal(await html('[quote]never closed'), '<p>[quote]never closed</p>')
  assert.equal(
    await html('> [quote]\n\nx[/quote]'),
    '<blockquote class="quote"><p>[quote]</p></blockquote><p>x[/quote]</p>',
  )
})

test('The text of a link that reads like a tag is the text of a link', async () => {
  assert.equal(
    await html('un[s]seen [s](/post/5) and [url](https://a.example/)[/s]'),
    `<p>un<s>seen <a href="/post/5">s</a> and <a href="https://a.example/" ${rel}>url</a></s></p>`,
  )
  assert.equal(
    await html('[i](or so)[/i] [b]see[/b](/post/5)'),
    '<p><em>(or so)</em> <strong>see</strong>(/post/5)</p>',
  )
  for (const text of ['s', '/s', 'code is short']) {
    const stored = `<p>un<s>seen <a href="/post/5">${text}</a></s></p>`
    assert.equal(await html(await toMarkdown(stored)), stored)
  }
})

test('A quote within a quote and what follows on the same line are read', async () => {
  assert.equal(
    await html('[quote=Ann][quote]deep[/quote]flat[/quote] reply\nmore'),
    '<blockquote class="quote"><p>Ann wrote:</p><blockquote class="quote"><p>deep</p></blockquote><p>flat</p></blockquote><p>reply</p><p>more</p>',
  )
  assert.equal(
    await html('[quote]a[/quote][quote]b\n[/quote]c'),
    '<blockquote class="quote"><p>a</p></blockquote><blockquote class="quote"><p>b</p></blockquote><p>c</p>',
  )
})
