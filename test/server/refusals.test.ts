import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { migrate, openStore } from '../../src/platform/store/index.ts'
import { emptyDatabase, kinds } from '../support/index.ts'
import { type ForumOptions, folderWith, startForum } from './process.ts'

/** What a forum that does not start says, on its one line. */
async function refusal(t: TestContext, options: ForumOptions): Promise<string> {
  const forum = startForum(t, options)
  assert.equal(await forum.code, 1, forum.out + forum.errors)
  assert.match(forum.errors, /^[^\n]+\n$/)
  assert.equal(forum.out, '')
  return forum.errors
}

const wrong: Readonly<Record<string, string>> = {
  PORT: 'eighty',
  HOST: 'not a host',
  BASE_URL: 'forum.example.org',
  DATA_DIR: '/dev/null/data',
  DATABASE_URL: 'mysql://ada:hush-hush@localhost/stoa',
  SESSION_SECRET: 'hush-hush',
  TRUST_PROXY: 'everybody',
  LOG_LEVEL: 'loud',
}

for (const [name, value] of Object.entries(wrong)) {
  test(`whoever sets ${name} to ${value} reads in one line what it must be`, async t => {
    const line = await refusal(t, { env: { [name]: value } })
    assert.match(line, new RegExp(`^${name} must be `))
    assert.doesNotMatch(line, /hush-hush/)
  })
}

test('a mistake in .env is told like one in the environment', async t => {
  const line = await refusal(t, { folder: folderWith(t, { '.env': 'TRUST_PROXY=everybody\n' }) })
  assert.match(line, /^TRUST_PROXY must be /)
})

test('a port that is taken, or not ours to take, is told in one line', async t => {
  const other = createServer().listen(0, '127.0.0.1')
  t.after(() => other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const taken = await refusal(t, { env: { PORT: String(port), LOG_LEVEL: 'error' } })
  assert.match(taken, new RegExp(`^PORT: something else is listening on 127\\.0\\.0\\.1:${port} already`))
  const elsewhere = await refusal(t, { env: { HOST: '192.0.2.1', PORT: '3000', LOG_LEVEL: 'error' } })
  assert.match(elsewhere, /^HOST, PORT: 192\.0\.2\.1:3000 cannot be listened on/)
})

test('a database that cannot be opened is told in one line, without its password', async t => {
  const folder = folderWith(t, { 'data/stoa.sqlite/a': '' })
  assert.match(await refusal(t, { folder }), /^The database cannot be opened: /)
  const nobody = 'postgres://ada:hush-hush@127.0.0.1:1/stoa'
  const line = await refusal(t, { env: { DATABASE_URL: nobody } })
  assert.match(line, /^The database cannot be opened: .*ECONNREFUSED/)
  assert.doesNotMatch(line, /hush-hush/)
})

test('a file that is no database is left as it is', async t => {
  const folder = folderWith(t, { 'data/stoa.sqlite': 'Dear diary, '.repeat(1000) })
  assert.match(await refusal(t, { folder }), /^The database cannot be opened: /)
})

for (const kind of kinds) {
  test(`a database that a newer version made is left as it is (${kind})`, async t => {
    const database = await emptyDatabase(t, kind)
    const store = await openStore(database)
    t.after(() => store.close())
    await migrate(store)
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(store.db)
    const line = await refusal(t, { database })
    assert.match(line, /^The database was made by a newer version of Stoa \(it knows 9999-later\)/)
  })
}

test('an old Node is refused in plain words before anything is loaded', async t => {
  const old = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.11.0"})'
  const line = await refusal(t, { args: ['--import', old], env: { PORT: 'eighty' } })
  assert.match(line, /^Stoa needs Node 24 or later, and this is Node 20\.11\.0\./)
})
