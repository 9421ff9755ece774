import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toMarkdown } from '../../src/content/index.ts'
import { Invalid } from '../../src/platform/errors.ts'
import { assertSameWhenSaved, html, pasted } from './support/compose.ts'
import * as documents from './support/documents.ts'
import { runs } from './support/runs.ts'

const some = runs(250)

async function assertSameAfter(stored: Promise<string>): Promise<void> {
  try {
    await assertSameWhenSaved(await stored)
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
  }
}

test('Whatever was typed, editing it and saving it unchanged changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(documents.markdown, body => assertSameAfter(html(body))),
    some,
  )
})

test('Whatever was pasted, editing it and saving it unchanged changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(documents.html, body => assertSameAfter(pasted(body))),
    some,
  )
})

test('Any text at all can be edited as it is', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(text, body => assertSameAfter(html(body))),
    some,
  )
})

/** What was pasted, and what someone without the rich editor finds in the textarea. */
const written: Record<string, string> = {
  '<p>1. no list</p><p>- nor this</p><p># nor a heading</p><p>&gt; nor a quote</p><p>---</p>':
    '1\\. no list\n\n\\- nor this\n\n\\# nor a heading\n\n\\> nor a quote\n\n\\---',
  '<p>un<b>believ</b>able <i>"so"</i>, <u>C++</u>|</p>': 'un[b]believ[/b]able [i]"so"[/i], [u]C++[/u]|',
  '<p>a|b<br>--|--</p>': 'a|b\n\\--|--',
  '<p>*stars* _lines_ snake_case [b] `tick` C:\\dir \\* &lt;b&gt; &lt;http:x&gt; &amp;amp; a||b C++</p>':
    '\\*stars\\* \\_lines\\_ snake_case \\[b\\] \\`tick\\` C:\\dir \\\\\\* <b> \\<http:x> &amp; a||b C++',
  '<ul><li>a</li></ul><ul><li>b<ol start="3"><li>c</li></ol></li></ul>': '- a\n\n* b\n\n  3. c',
  '<blockquote><p>a</p></blockquote><blockquote><pre>```\nx</pre></blockquote>': '> a\n\n> ````\n> ```\n> x\n> ````',
  '<p>see (https://a.example/x), <a href="https://a.example/y">https://a.example/y</a>z</p>':
    'see (https://a.example/x), <https://a.example/y>z',
  '<p><a href="https://a.example/">https://a.example/</a></p><p>https://a.example/</p>':
    '<https://a.example/>\n\nhttps://a.example/',
  '<p>Wow!<a href="/x">y</a> me@<a href="/x">y</a> <b>b</b>(c)</p>': 'Wow\\![y](/x) me\\@[y](/x) **b**(c)',
  '<details><p>a</p><pre>||</pre></details>': '|||\na\n\n```\n||\n```\n|||',
  '<p>www.a.example/*_x_</p><p>www.a.example/x</p>':
    '[www.a.example/\\*\\_x\\_](https://www.a.example/*_x_)\n\nwww.a.example/x',
  '<p>https://user@a.example/_x_ is no link of ours</p>': 'https\\://user@a.example/\\_x\\_ is no link of ours',
}

test('The textarea holds plain Markdown, with a backslash only where one is needed', async () => {
  for (const [body, markdown] of Object.entries(written)) {
    const stored = await pasted(body)
    assert.equal(await toMarkdown(stored), markdown, body)
    await assertSameWhenSaved(stored)
  }
})

test('Names of members and authors may hold anything', async () => {
  for (const name of [
    'A*b*',
    '[x](y)',
    'a\\',
    '||',
    '"><b>',
    '@x',
    'https://a.example',
    '中 文',
    'x wrote:',
    '`',
    '[b]',
  ]) {
    const stored = await html('> [N wrote:](/post/5)\n> x\n\n@[N](/profile/7)', {
      names: { members: { 7: name }, posts: { 5: name } },
    })
    assert.ok(stored.includes('data-post="5"') && stored.includes('class="mention"'), stored)
    await assertSameWhenSaved(stored, {})
  }
})
