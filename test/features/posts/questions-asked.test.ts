import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { loadViewer } from '../../../src/features/members/index.ts'
import { composePost } from '../../../src/features/posts/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
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

/** Somebody else's pictures, all in one post that everybody reads. */
async function showPictures(db: Db, count: number): Promise<number[]> {
  const picture = { name: 'a.png', kind: 'image', type: 'image/png', file: 'a', bytes: 1, width: 9, height: 7 } as const
  const rows = Array.from({ length: count }, () => ({ ...picture, member_id: 1, created_at: 1 }))
  const made = await db.insertInto('attachments').values(rows).returning('id').execute()
  await db
    .insertInto('attachment_uses')
    .values(made.map(({ id }) => ({ attachment_id: id, post_id: 1, shown: 1 as const })))
    .execute()
  return made.map(({ id }) => id)
}

for (const kind of kinds) {
  test(`a text with many pictures is looked up in as few questions as one with one (${kind})`, async t => {
    const { db } = await testForum(t, { kind })
    const ids = await showPictures(db, 60)
    const viewer = await loadViewer(db, null, '')
    const compose = (some: readonly number[]) =>
      composePost(
        db,
        { body: some.map(id => `![](/attachment/${id}/a.png)`).join('\n'), format: 'markdown' },
        { viewer },
      )
    await compose(ids.slice(0, 2))
    const asked = listen(t)
    await compose(ids.slice(0, 2))
    const few = asked.length
    const { html } = await compose(ids)
    assert.equal(html.match(/width="9"/g)?.length, 60)
    assert.equal(asked.length - few, few)
  })
}
