import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesBetween, changesOfLine } from '../../src/content/index.ts'
import { composed } from './support/compose.ts'

/** With [added] and {removed} words. */
async function compared(older: string, newer: string): Promise<string> {
  const [before, after] = await Promise.all([older, newer].map(async body => (await composed(body)).html))
  const changes = await changesBetween(before ?? '', after ?? '')
  return changes
    .map(({ kind, text }) => (kind === 'added' ? `[${text}]` : kind === 'removed' ? `{${text}}` : text))
    .join('')
    .trim()
}

test('Words that came and went are marked, and the rest is left as it is', async () => {
  assert.equal(
    await compared('A fine day\n\nfor walking', 'A grey day\n\nfor walking'),
    'A {fine}[grey] day\n\nfor walking',
  )
  assert.match(
    await compared('One\n\nThree', 'One\n\nTwo\n\nThree'),
    /^One\n\n\[Two\n\n\]Three$|^One\[\n\nTwo\]\n\nThree$/,
  )
  assert.equal(await compared('One\n\nTwo', 'One'), 'One{\n\nTwo}')
})

test('A link that leads elsewhere, and words that are made bold, show too', async () => {
  const link = (host: string) => `Read [this](https://${host}.example/)`
  assert.equal(await compared(link('good'), link('evil')), 'Read [this](https://{good}[evil].example/)')
  assert.match(await compared('Loud words', '**Loud** words'), /\[\*\*/)
})

test('Long texts that have nothing in common are compared soon, and without holding anybody up', async () => {
  const text = (step: number) => Array.from({ length: 6000 }, (_, at) => `w${(at * step) % 9973}`).join(' ')
  const [older, newer] = [text(31), text(57)]
  assert.ok((await compared(older, newer)) === `{${older}}[${newer}]`)
})

test('Many short lines that are all others are not compared one by one', async () => {
  const [older = '', newer = ''] = ['a', 'b'].map(word => `<p>${word}</p>`.repeat(500))
  const changes = await changesBetween(older, newer)
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ['removed', 'added'],
  )
})

test('A line shows which words came and went', async () => {
  const marks = { same: '', added: '+', removed: '-' }
  const shown = async (before: string, after: string) =>
    (await changesOfLine(before, after)).map(({ kind, text }) => `${marks[kind]}${text}`).join('|')
  assert.equal(await shown('the quick fox', 'the slow fox'), 'the |-quick|+slow| fox')
  assert.equal(await shown('one two', 'one two three'), 'one two|+ three')
  assert.equal(await shown('a b c d', 'a c d'), 'a |-b |c d')
  assert.equal(await shown('', 'all new'), '+all new')
  assert.equal(await shown('same', 'same'), 'same')
  assert.equal(await shown('one\ntwo', 'one\nthree'), 'one\n|-two|+three')
})
