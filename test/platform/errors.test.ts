import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allow, Forbidden, Invalid, msg, NotFound, Refusal, TooMany, Unavailable } from '../../src/platform/errors.ts'

test('A refusal carries its status and the words to be said', () => {
  const refusal = new NotFound(msg('topics.gone', { name: 'Ann' }))
  assert.equal(refusal.status, 404)
  assert.deepEqual(refusal.reason, { key: 'topics.gone', args: { name: 'Ann' } })
  assert.equal(refusal.message, 'topics.gone')
  assert.ok(refusal instanceof Refusal && refusal instanceof Error)
  assert.equal(new NotFound().message, 'NotFound')
})

test('What was typed wrongly is named by its field', () => {
  const refusal = new Invalid({ title: msg('topics.title_missing') })
  assert.equal(refusal.status, 422)
  assert.deepEqual(refusal.errors, { title: { key: 'topics.title_missing' } })
})

test('Whoever must wait is told whole seconds, and at least one', () => {
  assert.equal(new TooMany(0.2).retryAfter, 1)
  assert.equal(new TooMany(7.1).retryAfter, 8)
  assert.equal(new Unavailable().retryAfter, 5)
})

test('What is allowed goes on, and what is not is refused in the words given', () => {
  allow(true)
  assert.throws(() => allow(false), Forbidden)
  assert.throws(() => allow(false, msg('posts.too_late')), { status: 403, message: 'posts.too_late' })
  assert.throws(() => allow(false, new NotFound()), NotFound)
})
