import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Unavailable } from '../../src/platform/errors.ts'
import { SqliteConnection } from '../../src/platform/store/sqlite/connection.ts'
import { testForum } from '../support/index.ts'
import { send } from './writers.ts'

/** From the question with this number on the database answers nobody. */
function goneFrom(t: TestContext, question: number): { asked(): number; back(): void } {
  const ask = SqliteConnection.prototype.ask
  let asked = 0
  const mocked = t.mock.method(SqliteConnection.prototype, 'ask', function (
    this: SqliteConnection,
    text: string,
    parameters: readonly unknown[],
  ) {
    if (++asked >= question && text !== 'rollback') throw new Unavailable(2, undefined, { cause: new Error('gone') })
    return ask.call(this, text, parameters)
  } as typeof ask)
  return { asked: () => asked, back: () => mocked.mock.restore() }
}

test('at whatever step the database goes away, whoever sent something is told to wait and keeps what they typed', async t => {
  const forum = await testForum(t, { expectFaults: /Unavailable/ })
  const complaints = t.mock.method(console, 'error', () => undefined)
  const member = await forum.asMember('Bea')
  const cookie = `stoa_session=${member.cookie('stoa_session')}`
  const { email, password } = forum.admin
  let forms = 0
  const attempts = {
    'a guest replies': () => send(forum.url, '/topic/1/reply', { body: 'Worth keeping', format: 'markdown' }),
    'a member replies': () => {
      const submission = `form ${++forms} of a test`.padEnd(22, '-')
      return send(forum.url, '/topic/1/reply', { body: 'Worth keeping', format: 'markdown', submission }, { cookie })
    },
    'somebody registers': () => {
      const fields = { name: 'Worth keeping', email: 'worth-keeping@example.org', password, terms: '1' }
      return send(forum.url, '/register/', fields)
    },
    'somebody signs in': () => send(forum.url, '/login/', { login: email, password }),
  }
  for (const [what, attempt] of Object.entries(attempts)) {
    let question = 1
    for (; ; question++) {
      const trouble = goneFrom(t, question)
      const { status, headers, body } = await attempt()
      trouble.back()
      if (trouble.asked() < question) break
      const told = `${what}, gone from question ${question}: ${status} ${body}`
      // What was written down before may be told as done, or as there already.
      if (status === 503) {
        assert.match(headers['retry-after'] ?? '', /^\d+$/, told)
        if (what.endsWith('replies')) assert.match(String(body), /Worth keeping/, told)
      } else assert.ok(status < 500, told)
    }
    assert.ok(question > 3, what)
  }
  assert.deepEqual(
    complaints.mock.calls.map(call => call.arguments),
    [],
  )
})
