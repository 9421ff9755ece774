import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanLine, excerpt } from '../../src/content/index.ts'
import { costOf } from '../hostile/harness/cost.ts'
import { assertSameWhenSaved, html, pasted } from './support/compose.ts'

test('What people write in their languages arrives as it was written', async () => {
  for (const words of [
    'می‌خواهم', // a joiner that keeps Persian letters apart
    'क्‍ष क्ष', // Hindi, with a joiner
    'Tiếng Việt và đường phố', // Vietnamese
    'Tiê\u0301ng Viê\u0323t o\u031b\u0301', // the same in parts
    'เก้าอี้ที่นี่', // Thai
    'בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים', // Hebrew with points and cantillation
    'བསྒྲུབས་ཧཱུྃ', // Tibetan stacks
    'a\u200bb co\u00adoperate \u200fعربي\u200e',
    '\u2067עברית (x)\u2069 and \u2068one\u2069, \u202bold\u202c',
    '👩‍❤️‍💋‍👨 🏴‍☠️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣ 👍🏽',
  ]) {
    assert.equal(await html(words), `<p>${words}</p>`)
    assert.equal(cleanLine(words), words)
  }
})

test('Nobody turns around what stands behind their words', async () => {
  for (const [typed, stored] of [
    ['a\u202eb\u202cc', 'abc'],
    ['a\u2067b', 'ab'],
    ['a\u2069b\u202cc', 'abc'],
    ['\u2067a\u202bb\u2069\u202c', '\u2067ab\u2069'],
    ['\u202ba\u2069\u202c', '\u202ba\u202c'],
    ['\u202d\u2066a\u202c\u2069', '\u2066a\u2069'],
  ] as const) {
    assert.equal(cleanLine(typed), stored)
    assert.equal(await html(typed), `<p>${stored}</p>`)
    assert.equal(
      await pasted(
        `<p>${typed
          .split('')
          .map(sign => `&#${sign.codePointAt(0)};`)
          .join('')}</p>`,
      ),
      `<p>${stored}</p>`,
    )
  }
  assert.equal(await html('**\u2067a** b\u2069\n\u2067c'), '<p><strong>\u2067a</strong> b\u2069<br>c</p>')
  assert.equal(await html('`\u202ea`'), '<p><code>\u202ea</code></p>')
  assert.equal(excerpt('\u2067one two three four\u2069', 10), 'one two…')
  const link = 'https://a.example/'
  await assertSameWhenSaved(await pasted(`<p><a class="embed" href="${link}x\u202ey">${link}x\u202ey</a></p>`))
})

test('Marks do not pile up, and what nobody sees carries no messages', async () => {
  const pile = '\u0335\u0301\u0316'.repeat(40)
  assert.equal(await html(`a${pile}b`), '<p>a\u0335\u0301\u0316\u0335b</p>')
  assert.equal(
    await pasted(`<p>a${[...pile].map(mark => `<b>${mark}</b><i>\u202c</i>`).join('')}b</p>`).then(
      text => text.match(/\p{M}/gu)?.length,
    ),
    4,
  )
  assert.equal(await html(`ก${'\u0e49'.repeat(30)}`), `<p>ก${'\u0e49'.repeat(8)}</p>`)
  assert.equal(await html(`a${'\u200b'.repeat(30)}b\u2063c`), '<p>a\u200b\u200b\u200bbc</p>')
  assert.equal(await html(`a\u{E0068}\u{E0069}\u{E0001}b❤${'\ufe0f'.repeat(60)}`), `<p>ab❤${'\ufe0f'.repeat(4)}</p>`)
  assert.equal(cleanLine(`x${pile}`).length, 5)
})

test('A line of nothing else is looked at once', async () => {
  for (const run of [
    '\u0301',
    '\u202e',
    '\u2067',
    '\u2069',
    '\u202a\u2069',
    '\u2067\u202c',
    '\u200b',
    'a\u0301\u202b',
    '\u{E0041}',
  ]) {
    const { all } = await costOf(
      () => cleanLine(run.repeat(200_000 / run.length)),
      cost => cost.all < 300,
    )
    assert.ok(all < 300, `${JSON.stringify(run)} takes ${all} ms`)
  }
})
