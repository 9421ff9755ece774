import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Db, inTransaction, migrate, openStore } from '../../src/platform/store/index.ts'
import { emptyDatabase, freshStore, onBothDatabases } from '../support/index.ts'

const text = 'x'.repeat(100_000)

const write = (db: Db, ...keys: string[]) =>
  db
    .insertInto('settings')
    .values(keys.map(key => ({ key, value: text })))
    .execute()

const keysOf = async (db: Db) => {
  const rows = await db.selectFrom('settings').select(['key', 'value']).where('value', '=', text).execute()
  return rows.map(({ key }) => key).sort()
}

/** So much of a file is looked at in place, in kB, as Linux counts it. */
function mappedOf(file: string): number {
  const areas = readFileSync('/proc/self/smaps', 'utf8').split(/^(?=[\da-f]+-[\da-f]+ )/m)
  const ofFile = areas.filter(area => area.split('\n', 1)[0]?.endsWith(` ${file}`))
  return ofFile.reduce((sum, area) => sum + Number(/^Rss: +(\d+) kB$/m.exec(area)?.[1]), 0)
}

test('A forum that gives back its memory looks at nothing of its file in place, and finds everything again', async t => {
  const database = await emptyDatabase(t, 'sqlite')
  assert(database.kind === 'sqlite')
  const writing = await openStore(database)
  await migrate(writing)
  await write(writing.db, 'a', 'b', 'c')
  await writing.close()
  const store = await openStore(database)
  t.after(store.close)
  assert.deepEqual(await keysOf(store.db), ['a', 'b', 'c'])
  assert(mappedOf(database.file) >= 300)
  store.giveBack()
  assert.equal(mappedOf(database.file), 0)
  assert.deepEqual(await keysOf(store.db), ['a', 'b', 'c'])
  assert(mappedOf(database.file) >= 300)
})

onBothDatabases('Memory given back in the middle of a transaction takes nothing from it', async ({ db, store }) => {
  await inTransaction(db, async tx => {
    await write(tx, 'a')
    store.giveBack()
    await write(tx, 'b')
  })
  await assert.rejects(
    inTransaction(db, async tx => {
      await write(tx, 'c')
      store.giveBack()
      throw new Error('no')
    }),
    /^Error: no$/,
  )
  store.giveBack()
  assert.deepEqual(await keysOf(db), ['a', 'b'])
})

test('Memory given back while rows are read one by one leaves none out', async t => {
  const store = await freshStore(t)
  const { db } = store
  await write(db, 'a', 'b', 'c')
  const seen: string[] = []
  for await (const { key } of db.selectFrom('settings').select('key').where('value', '=', text).stream()) {
    store.giveBack()
    seen.push(key)
  }
  assert.deepEqual(seen.sort(), ['a', 'b', 'c'])
})

test('A forum that is closing has nothing more to give back', async t => {
  const store = await freshStore(t)
  await store.close()
  store.giveBack()
})
