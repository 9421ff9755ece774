import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose } from '../../src/content/index.ts'
import { Invalid, Unavailable } from '../../src/platform/errors.ts'
import { testForum, type Visitor } from '../support/index.ts'
import { type Cost, costOf } from './harness/cost.ts'
import { giantTexts } from './harness/giant.ts'

const isLong = process.env.STOA_LONG === '1'
const limits = { maxLength: 2_000_000, maxEmoji: 75 }

const isLittle = ({ here, all }: Cost) => here < 50 && all < 4000

test('A hundred thousand levels and a megabyte of whatever are answered, and keep nobody waiting', async () => {
  // A thread has ten seconds, of which it gets few on a machine that has much to do before it.
  const isAnswer = (error: unknown) => error instanceof Invalid || error instanceof Unavailable
  for (const [what, format, body] of giantTexts()) {
    const send = () => compose({ body, format }, limits).catch(error => assert.ok(isAnswer(error), `${what}: ${error}`))
    const cost = await costOf(send, isLittle)
    assert.ok(isLittle(cost), `${what} takes ${cost.here} of ${cost.all} ms`)
  }
})

test('Whoever sends them to a forum is answered at once, at every door for texts', async t => {
  const forum = await testForum(t)
  const { id: topicId, first_post_id } = await forum.db.selectFrom('topics').selectAll().executeTakeFirstOrThrow()
  const bea = await forum.asMember('Bea')
  const send = ({ agent }: Visitor, path: string, fields: Record<string, string>) =>
    agent.post(path).set('Sec-Fetch-Site', 'same-origin').type('form').send(fields)
  const doors = [
    ['/compose/convert', 'body'],
    [`/topic/${topicId}/reply`, 'body'],
    ['/compose/quotes', 'words'],
  ] as const
  for (const [n, [what, format, body]] of giantTexts().entries()) {
    for (const [path, field] of doors.filter((_, door) => isLong || door === n % doors.length)) {
      const knock = async () => {
        const { status } = await send(bea, path, { [field]: body, format, posts: String(first_post_id) })
        assert.ok([200, 303, 413, 422, 429].includes(status), `${what} to ${path}: ${status}`)
      }
      const { all } = await costOf(knock, cost => cost.all < 2000)
      assert.ok(all < 2000, `${what} to ${path} takes ${all} ms`)
    }
  }
})
