import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { createApp } from '../../../src/app.ts'
import { addressColumns, eraseAddresses } from '../../../src/features/privacy/index.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { serve } from '../../../src/platform/http/index.ts'
import { plainError } from '../../../src/platform/http/log/logger.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { freshStore, onBothDatabases, testForum, Visitor } from '../../support/index.ts'
import { makeForums, makeMember, makeReply, makeTopic } from '../posts/world.ts'

const day = 24 * 60 * 60_000

/** Columns called like an address that hold none of somebody's network. */
const others: readonly string[] = []

onBothDatabases('Every column for a network address is one that is erased in time', async ({ db }) => {
  const tables = await db.introspection.getTables()
  const found = tables.flatMap(({ name, columns }) =>
    columns.filter(column => /address|(^|_)ips?(_|$)/.test(column.name)).map(column => `${name}.${column.name}`),
  )
  const listed = addressColumns.map(({ table, column }) => `${table}.${column}`)
  assert.deepEqual(found.sort(), [...listed, ...others].sort())
  for (const { table, key, since } of addressColumns) {
    const columns = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name)
    assert.ok(columns?.includes(key) && columns.includes(since), table)
  }
})

async function addresses(db: Db): Promise<string[]> {
  const kept = addressColumns.map(async ({ table, column }) => {
    const rows = await db
      .selectFrom(table as 'posts')
      .select(column as 'address')
      .where(column as 'address', 'is not', null)
      .execute()
    return rows.map(row => `${table} ${row.address}`)
  })
  return (await Promise.all(kept)).flat()
}

onBothDatabases('Addresses are erased everywhere when they are older than the forum keeps them', async ({ db }) => {
  const now = Date.now()
  const [forumId = 0] = await makeForums(db, 1)
  const memberId = await makeMember(db, 'Ann')
  const { topicId } = await makeTopic(db, forumId, memberId)
  const fresh = { createdAt: now - 89 * day, address: '198.18.0.1' }
  const old = { createdAt: now - 91 * day, address: '198.18.0.2' }
  for (let n = 0; n < 3; n++) await makeReply(db, topicId, memberId, n === 0 ? fresh : old)
  const many = Array.from({ length: 1200 }, (_, n) => ({
    id: `s${n}`,
    data: '{}',
    address: n === 0 ? fresh.address : old.address,
    created_at: n === 0 ? fresh.createdAt : old.createdAt,
    touched_at: now,
    expires_at: now + day,
  }))
  await db.insertInto('sessions').values(many).execute()
  const blocks = ['198.18.0.2', '198.18.0.0/24', '198.18.0.3'].map((pattern, n) => ({
    pattern,
    age: n === 2 ? 89 : 91,
  }))
  for (const { pattern, age } of blocks)
    await db
      .insertInto('blocks')
      .values({ kind: 'address', pattern, created_at: now - age * day })
      .execute()

  assert.equal(await eraseAddresses(db, now), 1202)
  assert.deepEqual((await addresses(db)).sort(), ['posts 198.18.0.1', 'sessions 198.18.0.1'])
  const blocked = await db.selectFrom('blocks').select('pattern').orderBy('pattern').execute()
  assert.deepEqual(
    blocked.map(({ pattern }) => pattern),
    ['198.18.0.0/24', '198.18.0.3'],
  )
  assert.equal(await eraseAddresses(db, now), 0)
  await inTransaction(db, tx => writeSettings(tx, { address_days: 30 }))
  assert.equal(await eraseAddresses(db, now), 3)
  assert.deepEqual(await addresses(db), [])
})

test('Nothing that the forum logs has a visitor’s address in it, neither faults nor refusals', async t => {
  const store = await freshStore(t)
  const { config, admin } = await testForum(t, { store })
  const lines: string[] = []
  const options = { level: 'trace', base: undefined, serializers: { error: plainError } }
  const logger = pino(options, { write: (line: string) => void lines.push(line) })
  const app = await createApp({ config, store, logger })
  const { port, stop } = await serve(app.app, { host: '127.0.0.1', port: 0 })
  t.after(() => stop(100))
  await inTransaction(store.db, tx => writeSettings(tx, { sign_in_tries_account: 3, sign_in_tries_address: 3 }))
  const ada = new Visitor(`http://127.0.0.1:${port}`, { address: '198.18.9.9' })
  for (const password of ['one', 'two', 'three', 'four']) {
    await ada.get('/login/')
    await ada.page.form('main input[type=password]').fill({ login: admin.name, password }).submit()
  }
  assert.equal(ada.page.status, 429)
  const other = new Visitor(`http://127.0.0.1:${port}`, { address: '2001:db8:9::9' })
  await store.db.schema.dropTable('permissions').execute()
  await inTransaction(store.db, tx => tx.updateTable('revisions').set({ permissions: 1e6, shell: 1e6 }).execute())
  assert.equal((await other.get('/topic/1/')).status, 500)
  assert.ok(lines.some(line => line.includes('"failed"')) && lines.some(line => line.includes('429')))
  for (const line of lines) assert.doesNotMatch(line, /198\.18\.|2001:db8|::ffff|127\.0\.0\.1/)
})
