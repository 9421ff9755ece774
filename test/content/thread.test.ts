import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose } from '../../src/content/index.ts'
import { composeHere } from '../../src/content/pipeline.ts'
import { Unavailable } from '../../src/platform/errors.ts'
import { composed, options, refusal } from './support/compose.ts'

const paragraph = 'Some *words* with a [link](https://a.example), “quotes” and @[Ann](/profile/7).\n\n'

test('A long text comes out of its own thread as it would here, several at a time', async () => {
  const names = { members: { 7: 'Ann B' } }
  const bodies = Array.from({ length: 6 }, (_, at) => `${at} ${paragraph.repeat(150)}`)
  const all = await Promise.all(bodies.map(body => composed(body, { names })))
  bodies.forEach((body, at) => {
    assert.deepEqual(all[at], composeHere({ body, format: 'markdown' }, { ...options, names }))
  })
})

test('A long text is refused for the same reasons', async () => {
  assert.equal(await refusal(composed(`${paragraph.repeat(150)}${'😀'.repeat(76)}`)), 'content.too_many_emoji')
  assert.equal(await refusal(composed(`${'[quote]'.repeat(3000)}x${'[/quote]'.repeat(3000)}`)), 'content.too_complex')
})

test('When too many long texts come at once, the last are asked to come again', async () => {
  const body = paragraph.repeat(150)
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, () => compose({ body, format: 'markdown' }, options)),
  )
  const busy = answers.filter(answer => answer.status === 'rejected').map(answer => answer.reason)
  assert.ok(busy.length > 0 && busy.length < 30, String(busy.length))
  assert.ok(busy.every(reason => reason instanceof Unavailable && reason.retryAfter > 0))
  assert.ok((await composed(body)).html)
})
