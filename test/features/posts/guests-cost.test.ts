import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { SqliteConnection } from '../../../src/platform/store/sqlite/connection.ts'
import { kinds, testForum } from '../../support/index.ts'

/** From now on: what the database is asked, in its own words. */
function listen(t: TestContext): string[] {
  const asked: string[] = []
  const note = (query: unknown) => {
    const { sql, text } = Object(query) as { sql?: string; text?: string }
    asked.push(sql ?? text ?? String(query))
  }
  for (const [owner, name] of [
    [SqliteConnection.prototype, 'ask'],
    [pg.Client.prototype, 'query'],
  ] as const) {
    const asIs = owner[name as never] as (...given: unknown[]) => unknown
    t.mock.method(
      owner,
      name as never,
      function (this: unknown, ...given: unknown[]) {
        note(given[0])
        return asIs.apply(this, given)
      } as never,
    )
  }
  return asked
}

for (const kind of kinds) {
  test(`a topic page that guests have had costs one question, and reading writes nothing (${kind})`, async t => {
    const forum = await testForum(t, { kind })
    const { url } = await forum.asGuest().get('/topic/1/')
    const asked = listen(t)
    assert.equal((await forum.asGuest().get(url)).status, 200)
    assert.equal(asked.length, 1, asked.join('\n'))
    for (const path of ['/', '/forum/2/', '/profile/1/', '/topic/1/?page=7', '/login/', '/no-such-page']) {
      await forum.asGuest().get(path)
    }
    assert.deepEqual(
      asked.filter(query => !/^\s*(select|with)\b/i.test(query)),
      [],
    )
  })
}
