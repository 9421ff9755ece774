import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import { sql } from 'kysely'
import {
  advanceIdentity,
  contains,
  type Db,
  forUpdate,
  type Given,
  hotQuery,
  inTransaction,
  kindOf,
  openStore,
  refreshStatistics,
} from '../../src/platform/store/index.ts'
import { emptyDatabase, freshStore, onBothDatabases } from '../support/index.ts'

const rows = (db: Db, ...keys: string[]) =>
  db
    .insertInto('settings')
    .values(keys.map(key => ({ key, value: `of ${key}` })))
    .execute()

onBothDatabases('Numbers are numbers and truth is 0 or 1, whatever the database calls them', async ({ db }) => {
  const later = 8_640_000_000_000_000 / 2
  await db.updateTable('revisions').set({ counts: later }).execute()
  const row = await db
    .selectFrom('revisions')
    .select(({ fn, eb }) => [
      'counts',
      fn.countAll<number>().as('many'),
      fn.sum<number>('counts').as('sum'),
      eb('counts', '>', 1).as('more'),
      eb('counts', '<', 1).as('less'),
    ])
    .groupBy('counts')
    .executeTakeFirstOrThrow()
  assert.deepEqual({ ...row }, { counts: later, many: 1, sum: later, more: 1, less: 0 })
})

onBothDatabases('An empty list finds nothing, and leaves nothing out', async ({ db }) => {
  await rows(db, 'a', 'b')
  const found = await db.selectFrom('settings').select('key').where('key', 'in', []).execute()
  const rest = await db.selectFrom('settings').select('key').where('key', 'not in', []).execute()
  assert.deepEqual([found.length, rest.length], [0, 2])
})

onBothDatabases('An empty list inside a subquery finds nothing either', async ({ db }) => {
  await rows(db, 'a')
  const nobody = db.selectFrom('settings').select('key').where('value', 'in', [])
  assert.deepEqual(await db.selectFrom('settings').select('key').where('key', 'in', nobody).execute(), [])
  assert.deepEqual(await db.selectFrom('settings').select('key').where('key', '=', nobody.limit(1)).execute(), [])
})

onBothDatabases('An id is never given out twice', async ({ db }) => {
  const group = { kind: 'custom', name: 'x', standing: 5 } as const
  const add = (name_key: string) =>
    db
      .insertInto('groups')
      .values({ ...group, name_key, edit_minutes: null, guest_posting: null })
      .returning('id')
      .executeTakeFirstOrThrow()
  const { id } = await add('one')
  await db.deleteFrom('groups').where('id', '=', id).execute()
  assert.ok((await add('two')).id > id)
})

onBothDatabases('After ids of our own choice the next one follows the highest', async ({ db }) => {
  const job = {
    name: 'x',
    payload: 'null',
    key: null,
    created_at: 0,
    run_at: 0,
    claimed_until: null,
    error: null,
    failed_at: null,
  }
  await db
    .insertInto('jobs')
    .values({ ...job, id: 500 })
    .execute()
  await advanceIdentity(db, 'jobs', 'posts')
  const { id } = await db.insertInto('jobs').values(job).returning('id').executeTakeFirstOrThrow()
  assert.equal(id, 501)
})

onBothDatabases('A word is found inside a text in any case, and % and _ are only letters', async ({ db }) => {
  await rows(db, 'Hello there', '100%', 'a_b', 'axb', String.raw`back\slash`)
  const find = async (text: string) => {
    const found = await db
      .selectFrom('settings')
      .select('key')
      .where(({ ref }) => contains(db, ref('key'), text))
      .execute()
    return found.map(({ key }) => key)
  }
  assert.deepEqual(await find('hello'), ['Hello there'])
  assert.deepEqual(await find('0%'), ['100%'])
  assert.deepEqual(await find('%'), ['100%'])
  assert.deepEqual(await find('A_B'), ['a_b'])
  assert.deepEqual(await find('\\'), [String.raw`back\slash`])
})

onBothDatabases('Rows can be held for the rest of a transaction', async ({ db, kind }) => {
  assert.equal(kindOf(db), kind)
  await inTransaction(db, async tx => {
    assert.equal(kindOf(tx), kind)
    const held = await tx.selectFrom('revisions').selectAll().$call(forUpdate(tx)).execute()
    assert.equal(held.length, 1)
  })
})

onBothDatabases('The database can be told to count what it holds', async ({ db }) => {
  await refreshStatistics(db)
})

let built = 0
const settingsAfter = hotQuery((db, given: Given<{ key: string; most: number }>) => {
  built++
  return db
    .selectFrom('settings')
    .select('key')
    .where('key', '>', given.key)
    .where('value', '!=', 'never')
    .orderBy('key')
    .limit(given.most)
})

onBothDatabases('A hot query is built once for a store and filled in at every call', async ({ db }) => {
  built = 0
  await rows(db, 'a', 'b', 'c', 'd')
  assert.deepEqual(await settingsAfter(db, { key: 'a', most: 2 }), [{ key: 'b' }, { key: 'c' }])
  assert.deepEqual(await settingsAfter(db, { key: 'b', most: 9 }), [{ key: 'c' }, { key: 'd' }])
  assert.deepEqual(await settingsAfter.first(db, { key: 'c', most: 1 }), { key: 'd' })
  assert.equal(await settingsAfter.first(db, { key: 'd', most: 1 }), undefined)
  assert.equal(built, 1)
})

onBothDatabases('A hot query sees what its own transaction wrote', async ({ db }) => {
  await inTransaction(db, async tx => {
    await rows(tx, 'a')
    assert.deepEqual(await settingsAfter(tx, { key: '', most: 5 }), [{ key: 'a' }])
    await assert.rejects(settingsAfter(db, { key: '', most: 5 }), /through its tx/)
  })
})

test('On SQLite no value has a say in the plan, so that a statement stays prepared', async t => {
  const { db } = await freshStore(t, 'sqlite')
  const texts = ['-1', '007', '+3', ' x', '']
  const read = sql<{ it: unknown; kind: string }>`select ${1.5} as it, typeof(${'007'}) as kind`
  assert.match(read.compile(db).sql, /^select \+\? as it, typeof\(\+\?\)/)
  assert.deepEqual((await read.execute(db)).rows[0], { it: 1.5, kind: 'text' })
  for (const text of texts) {
    assert.deepEqual((await sql`select ${text} as it, ${null} as none`.execute(db)).rows, [{ it: text, none: null }])
  }
})

onBothDatabases('A hot query waits for a transaction of others and never sees into it', async ({ db }) => {
  const written = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const undone = inTransaction(db, async tx => {
    await rows(tx, 'a')
    written.resolve()
    await gate.promise
    throw new Error('taken back')
  })
  await written.promise
  const found = settingsAfter(db, { key: '', most: 5 })
  gate.resolve()
  await assert.rejects(undone, /taken back/)
  assert.deepEqual(await found, [])
})

onBothDatabases('A hot query without one of its values is a mistake of ours, not an empty page', async ({ db }) => {
  const args: { key: string; most: number } = JSON.parse('{"key":"a"}')
  await assert.rejects(settingsAfter(db, args), /needs a value for most/)
})

onBothDatabases('A statement that is kept still works after the table has changed', async ({ store, db }) => {
  const read = () => db.selectFrom('revisions').selectAll().execute()
  await read()
  await sql`alter table revisions add column extra integer not null default 7`.execute(db)
  // PostgreSQL refuses the old plan once; asking again prepares it anew.
  const again = store.kind === 'postgres' ? read().catch(read) : read()
  assert.deepEqual(Object.keys((await again)[0] ?? {}).at(-1), 'extra')
})

onBothDatabases('More different statements than are kept all work', async ({ db }) => {
  for (let number = 0; number < 600; number++) {
    const { rows } = await sql<{ it: number }>`select ${sql.lit(number)} as it`.execute(db)
    assert.equal(rows[0]?.it, number)
  }
})

test('A file is opened for durable writing, with foreign keys, every time, and only its owner reads it', async t => {
  const database = await emptyDatabase(t, 'sqlite')
  assert.ok(database.kind === 'sqlite')
  for (const _ of ['first', 'again']) {
    const store = await openStore(database)
    const pragma = async (name: string) =>
      Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(store.db)).rows[0] ?? {})[0]
    assert.equal(await pragma('journal_mode'), 'wal')
    assert.equal(await pragma('synchronous'), 2)
    assert.equal(await pragma('foreign_keys'), 1)
    assert.equal(await pragma('busy_timeout'), 0, 'our driver waits, and nobody with it')
    assert.ok(Number(await pragma('mmap_size')) > 0)
    await store.close()
    await store.close()
  }
  assert.equal(statSync(database.file).mode & 0o777, 0o600)
})

test('Whoever reads a long list row by row can ask other things meanwhile', async t => {
  const { db } = await freshStore(t)
  await rows(db, 'a', 'b', 'c')
  const seen: string[] = []
  for await (const { key } of db.selectFrom('settings').select('key').orderBy('key').stream()) seen.push(key)
  assert.deepEqual(seen, ['a', 'b', 'c'])
  assert.equal((await db.selectFrom('settings').select('key').execute()).length, 3)
})
