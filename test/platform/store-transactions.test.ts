import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Db, inTransaction, migrate, openStore } from '../../src/platform/store/index.ts'
import { emptyDatabase, freshStore, onBothDatabases } from '../support/index.ts'

const write = (db: Db, key: string, value = '1') => db.insertInto('settings').values({ key, value }).execute()
const keys = async (db: Db) =>
  (await db.selectFrom('settings').select('key').orderBy('key').execute()).map(({ key }) => key)

onBothDatabases('A transaction that comes to its end leaves all it wrote', async ({ db }) => {
  const result = await inTransaction(db, async tx => {
    await write(tx, 'a')
    await write(tx, 'b')
    return (await keys(tx)).length
  })
  assert.equal(result, 2)
  assert.deepEqual(await keys(db), ['a', 'b'])
})

onBothDatabases('A transaction that throws leaves nothing, and the store goes on working', async ({ db }) => {
  const failing = inTransaction(db, async tx => {
    await write(tx, 'a')
    throw new Error('no more')
  })
  await assert.rejects(failing, /no more/)
  assert.deepEqual(await keys(db), [])
  await write(db, 'b')
  assert.deepEqual(await keys(db), ['b'])
})

onBothDatabases('Using the store inside a transaction is refused at once, also deep inside', async ({ db }) => {
  const deep = async () => {
    await Promise.resolve()
    return keys(db)
  }
  await assert.rejects(
    inTransaction(db, async tx => {
      await write(tx, 'a')
      await deep()
    }),
    /everything goes through its tx/,
  )
  assert.deepEqual(await keys(db), [])
})

onBothDatabases('Transactions do not nest, whichever way one is asked for', async ({ db }) => {
  const nested = [
    () => inTransaction(db, async tx => inTransaction(db, () => keys(tx))),
    () => inTransaction(db, async tx => inTransaction(tx, () => keys(tx))),
    () => inTransaction(db, () => db.transaction().execute(keys)),
  ]
  for (const act of nested) await assert.rejects(act, /do not nest/)
})

onBothDatabases('Work that a transaction started and did not wait for may use the store later', async ({ db }) => {
  const started = Promise.withResolvers<void>()
  let later: Promise<string[]> | undefined
  await inTransaction(db, async tx => {
    await write(tx, 'a')
    later = started.promise.then(() => keys(db))
  })
  started.resolve()
  assert.deepEqual(await later, ['a'])
})

onBothDatabases('Two stores know their own transactions', async ({ db, t }) => {
  const other = await freshStore(t)
  await inTransaction(db, async tx => {
    await write(other.db, 'there')
    await write(tx, 'here')
  })
  assert.deepEqual([await keys(db), await keys(other.db)], [['here'], ['there']])
})

onBothDatabases('Many at once wait for each other and lose nothing', async ({ db }) => {
  await write(db, 'count', '0')
  const add = () =>
    inTransaction(db, async tx => {
      await tx
        .updateTable('revisions')
        .set(({ eb }) => ({ counts: eb('counts', '+', 1) }))
        .execute()
      const { counts } = await tx.selectFrom('revisions').select('counts').executeTakeFirstOrThrow()
      await tx
        .updateTable('settings')
        .set({ value: String(counts) })
        .where('key', '=', 'count')
        .execute()
    })
  await Promise.all(Array.from({ length: 30 }, add))
  const { counts } = await db.selectFrom('revisions').select('counts').executeTakeFirstOrThrow()
  const { value } = await db.selectFrom('settings').select('value').executeTakeFirstOrThrow()
  assert.deepEqual([counts, value], [31, '31'])
})

test('A transaction that cannot commit tells why, and leaves nothing (postgres)', async t => {
  const { db } = await freshStore(t, 'postgres')
  const swallowing = inTransaction(db, async tx => {
    await write(tx, 'a')
    await write(tx, 'a').catch(() => {})
  })
  await assert.rejects(swallowing)
  assert.deepEqual(await keys(db), [])
})

test('SQLite asks for the write lock at the beginning, so that whoever reads first can write afterwards', async t => {
  const database = await emptyDatabase(t, 'sqlite')
  const [one, two] = [await openStore(database), await openStore(database)]
  t.after(() => Promise.all([one.close(), two.close()]))
  await migrate(one)
  await inTransaction(one.db, async tx => {
    assert.deepEqual(await keys(tx), [])
    await assert.rejects(write(two.db, 'late'), { status: 503 })
    await write(tx, 'first')
  })
  await write(two.db, 'late')
  assert.deepEqual(await keys(one.db), ['first', 'late'])
})

test('Whoever writes to SQLite many times lets others get on between (sqlite)', async t => {
  const { db } = await freshStore(t, 'sqlite')
  const done: string[] = []
  setImmediate(() => done.push('somebody else'))
  for (const key of ['a', 'b']) {
    await write(db, key)
    done.push(key)
  }
  assert.deepEqual(done, ['a', 'somebody else', 'b'])
})
