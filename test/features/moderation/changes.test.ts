import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesIn } from '../../../src/features/moderation/changes.ts'

const marks = { same: '', added: '+', removed: '-' }

function shown(before: string, after: string): string {
  return changesIn(before, after)
    .map(({ kind, text }) => `${marks[kind]}${text}`)
    .join('|')
}

test('An edit shows which words came and went', () => {
  assert.equal(shown('the quick fox', 'the slow fox'), 'the |-quick|+slow| fox')
  assert.equal(shown('one two', 'one two three'), 'one two|+ three')
  assert.equal(shown('a b c d', 'a c d'), 'a |-b |c d')
  assert.equal(shown('', 'all new'), '+all new')
  assert.equal(shown('same', 'same'), 'same')
  assert.equal(shown('one\ntwo', 'one\nthree'), 'one\n|-two|+three')
})

test('Two long texts that have nothing in common are compared at once', () => {
  const words = (letter: string) => Array.from({ length: 20_000 }, (_, n) => letter + n).join(' ')
  const start = performance.now()
  const changes = changesIn(words('a'), words('b'))
  assert.ok(performance.now() - start < 2000)
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ['removed', 'added'],
  )
})
