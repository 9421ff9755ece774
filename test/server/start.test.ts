import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openStore } from '../../src/platform/store/index.ts'
import { afterwards } from '../support/afterwards.ts'
import { emptyDatabase, kinds, Visitor } from '../support/index.ts'
import { folderWith, startForum } from './process.ts'

const administrator = { name: 'Ada Keeper', email: 'ada@example.org', password: 'seven quiet lanterns' }

test('whoever starts a forum is told where it is and where to set it up, and strangers can read it at once', async t => {
  const forum = startForum(t)
  const address = await forum.address()
  assert.match(address, /^http:\/\/localhost:\d+$/)
  assert.equal(new URL(await forum.setupLink()).origin, address)
  const home = await new Visitor(address).get('/')
  assert.equal(home.status, 200)
  assert.ok(home.has('a[href^="/forum/"]'))
  assert.equal(await forum.end(), 0)
  assert.equal(forum.errors, '')
})

test('a forum writes into its data directory only, and nobody else may read what is there', async t => {
  const folder = folderWith(t)
  const forum = startForum(t, { folder })
  await new Visitor(await forum.address()).get('/')
  await forum.end()
  assert.deepEqual(readdirSync(folder), ['data'])
  const files = readdirSync(join(folder, 'data'))
  assert.ok(files.includes('session-secret') && files.includes('stoa.sqlite'), files.join(', '))
  for (const file of files) assert.equal(statSync(join(folder, 'data', file)).mode & 0o077, 0, file)
})

test('the set-up link is printed as long as there is no administrator, and works once', async t => {
  const folder = folderWith(t)
  const first = startForum(t, { folder })
  await first.setupLink()
  await first.end()

  const second = startForum(t, { folder })
  const link = new URL(await second.setupLink())
  const ada = new Visitor(link.origin)
  assert.equal((await ada.get('/setup/')).status, 404)
  await ada.get(link.pathname + link.search)
  const { name, ...rest } = administrator
  await ada.page
    .form('main form')
    .fill({ ...rest, name, forum_name: 'The Porch', base_url: link.origin })
    .submit()
  assert.equal((await ada.get('/admin/')).status, 200)
  assert.equal((await new Visitor(link.origin).get(link.pathname + link.search)).status, 404)
  await second.end()

  const third = startForum(t, { folder })
  await new Visitor(await third.address()).get('/')
  assert.equal(await third.end(), 0)
  assert.doesNotMatch(third.out, /setup/)
})

test('a file named .env is read, and what the environment says counts more', async t => {
  const forum = startForum(t, {
    folder: folderWith(t, { '.env': 'HOST=localhost\nDATA_DIR=elsewhere\nBASE_URL=https://forum.example.org\n' }),
    env: { BASE_URL: 'https://porch.example.org' },
  })
  assert.equal(await forum.address(), 'https://porch.example.org')
  assert.match(await forum.setupLink(), /^https:\/\/porch\.example\.org\/setup\//)
})

for (const kind of kinds) {
  test(`health checks say that it lives, and whether it can serve (${kind})`, async t => {
    const database = await emptyDatabase(t, kind)
    const forum = startForum(t, { database })
    const address = await forum.address()
    const check = async (path: string) => {
      const answer = await fetch(address + path)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.equal(answer.headers.get('set-cookie'), null)
      return answer.status
    }
    assert.deepEqual([await check('/healthz'), await check('/readyz')], [200, 200])
    const store = await openStore(database)
    afterwards(t, () => store.close())
    await sql`delete from kysely_migration where name = (select max(name) from kysely_migration)`.execute(store.db)
    assert.deepEqual([await check('/healthz'), await check('/readyz')], [200, 503])
  })
}
