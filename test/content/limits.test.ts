import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countEmoji, toMarkdown } from '../../src/content/index.ts'
import { Invalid } from '../../src/platform/errors.ts'
import { composed, html, pasted, refusal } from './support/compose.ts'

test('Nothing to see is nothing to send', async () => {
  for (const body of [
    '',
    ' \n\t',
    '\u200b\u2060\ufeff',
    '\u00a0\u3000',
    '\u3164',
    '\u00ad',
    '---',
    '> ',
    '||\n||',
    '\u0000',
  ]) {
    assert.equal(await refusal(composed(body)), 'content.empty', JSON.stringify(body))
  }
  for (const body of [
    '<p> </p>',
    '<script>x</script>',
    '<p>&nbsp;<br></p>',
    '<img src="blob:x">',
    '<table><td></table>',
    '<hr>',
  ]) {
    assert.equal(await refusal(pasted(body)), 'content.empty', body)
  }
  assert.equal(await refusal(composed('> [Ann wrote:](/post/5)')), 'content.empty')
})

test('A picture alone is something', async () => {
  assert.ok(await html('![](https://a.example/c.png)'))
  assert.ok(await pasted('<p><img src="https://a.example/c.png"></p>'))
})

test('The length that counts is that of the text, not of the markup', async () => {
  assert.ok(await html(`**${'x'.repeat(100)}** [y](https://a.example/${'z'.repeat(900)})`, { maxLength: 102 }))
  assert.equal(await refusal(composed('x'.repeat(103), { maxLength: 102 })), 'content.too_long')
  assert.equal(await refusal(composed(`x${' '.repeat(20_000)}`, { maxLength: 100 })), 'content.too_long')
  const full = await html('x*'.repeat(50), { maxLength: 100 })
  assert.equal(await html(await toMarkdown(full), { maxLength: 100 }), full)
})

test('A hundred thousand characters of unclosed tags are refused before anything takes long', async () => {
  for (const tag of [
    '<b>',
    '<p>',
    '<div>',
    '<ul><li>',
    '<blockquote>',
    '<table><tr><td>',
    '<svg>',
    '<x>',
    '<b/>',
    '<b></x>',
    '<a title="<!--"><b>',
    '<!--><b>',
    '<a href=x>',
  ]) {
    const body = tag.repeat(100_000 / tag.length)
    assert.match((await refusal(pasted(body, { maxLength: 1_000_000 }))) ?? '', /too_complex|empty/, tag)
  }
})

test('Markdown that nests without end is refused or stays text', async () => {
  for (const sign of ['> ', '>', '- ', '1. ', '[quote]', '- > ']) {
    const body = `${sign.repeat(5000)}x${'[/quote]'.repeat(5000)}`
    assert.equal(await refusal(composed(body)), 'content.too_complex', sign)
  }
  for (const sign of ['*a ', '[b]', '**', '[', '![', '` ', '||', '++', '<', '~~a ']) {
    assert.ok(await html(`${sign.repeat(2000)}x`), sign)
  }
  assert.equal(await refusal(pasted(`${'<blockquote>'.repeat(21)}x`)), 'content.too_complex')
  assert.ok(await pasted(`${'<blockquote>'.repeat(20)}x`))
})

test('Tables cannot grow by leaving cells out', async () => {
  const wide = `<tr>${'<td>x</td>'.repeat(400)}</tr>`
  assert.equal(
    await refusal(pasted(`<table>${wide}${'<tr><td>y</td></tr>'.repeat(400)}</table>`)),
    'content.too_complex',
  )
})

test('Only so many emoji are allowed, counted as a person counts', async () => {
  const family = '👨‍👩‍👧‍👦'
  assert.ok(await html(family.repeat(75)))
  await assert.rejects(composed('😀'.repeat(76)), (error: unknown) => {
    assert.ok(error instanceof Invalid)
    assert.deepEqual(error.errors.body, { key: 'content.too_many_emoji', args: { max: 75 } })
    return true
  })
  assert.ok(await html('😀', { maxEmoji: 1 }))
  assert.equal(await refusal(composed('`😀` 😀', { maxEmoji: 1 })), 'content.too_many_emoji')
})

test('A flag, a family, a tone of skin, a key and an old heart are one each, and signs of writing are none', () => {
  const counts: Record<string, number> = {
    '🇩🇪': 1,
    '🇩🇪🇫🇷🇮🇹': 3,
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿': 1,
    '👨‍👩‍👧‍👦': 1,
    '👍🏽👍': 2,
    '1️⃣#️⃣': 2,
    '❤❤️': 2,
    '☺️': 1,
    '☺\ufe0e': 0,
    '© ® ™ ↔ ‼ 1 # *': 0,
    '™️': 1,
    'héllo 中文 —“”': 0,
  }
  for (const [text, count] of Object.entries(counts)) assert.equal(countEmoji(text), count, text)
})
