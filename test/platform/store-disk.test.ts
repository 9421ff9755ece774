import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { Unavailable } from '../../src/platform/errors.ts'
import { type Db, inTransaction, migrate, onDisk, openStore, withoutSync } from '../../src/platform/store/index.ts'

async function forumIn(t: TestContext): Promise<Db> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-disk-'))
  const store = await openStore({ kind: 'sqlite', file: join(folder, 'stoa.sqlite') })
  t.after(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  await migrate(store)
  return store.db
}

/** From now on `act` is done instead of waiting for the disk; what it gives says how often that was asked for. */
async function insteadOfDisk(t: TestContext, act: () => Promise<void>): Promise<() => number> {
  const file = await open(import.meta.filename)
  const { mock } = t.mock.method(Object.getPrototypeOf(file), 'datasync', act)
  await file.close()
  return () => mock.callCount()
}

const write = (tx: Db, key: string) => tx.insertInto('settings').values({ key, value: '1' }).execute()

async function keys(db: Db): Promise<string[]> {
  return (await db.selectFrom('settings').select('key').orderBy('key').execute()).map(({ key }) => key)
}

test('Whoever writes hears of it when it is on the disk, and meanwhile others read and write', async t => {
  const db = await forumIn(t)
  const disk = Promise.withResolvers<void>()
  const asked = await insteadOfDisk(t, () => disk.promise)
  const heard: string[] = []
  const first = inTransaction(db, tx => write(tx, 'a')).then(() => heard.push('a'))
  while (asked() === 0) await new Promise(setImmediate)
  const second = inTransaction(db, tx => write(tx, 'b')).then(() => heard.push('b'))
  await withoutSync(db, tx => write(tx, 'c'))
  assert.deepEqual(await keys(db), ['a', 'b', 'c'])
  const told = onDisk(db).then(() => heard.push('told of both'))
  await new Promise(setImmediate)
  assert.deepEqual(heard, [])
  disk.resolve()
  await Promise.all([first, second, told])
  assert.deepEqual(heard.toSorted(), ['a', 'b', 'told of both'])
})

test('Those who write while the disk is busy are waited for together, and what nobody minds losing never is', async t => {
  const db = await forumIn(t)
  const disk = Promise.withResolvers<void>()
  const asked = await insteadOfDisk(t, () => disk.promise)
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map(key => inTransaction(db, tx => write(tx, key)))
  while ((await keys(db)).length < all.length) await new Promise(setImmediate)
  disk.resolve()
  await Promise.all(all)
  assert.equal(asked(), 2, 'the first, and one for those who came after it had begun')
  await withoutSync(db, tx => write(tx, 'g'))
  assert.equal(asked(), 2)
  await inTransaction(db, tx => write(tx, 'h'))
  assert.equal(asked(), 3)
})

test('When the disk refuses, whoever writes is told, and commits wait for it until it works again', async t => {
  const db = await forumIn(t)
  let broken = true
  await insteadOfDisk(t, async () => {
    if (broken) throw Object.assign(new Error('input/output error'), { code: 'EIO' })
  })
  const synchronous = async (tx: Db) => {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(tx)
    return rows[0]?.synchronous
  }
  const both = ['a', 'b'].map(key => inTransaction(db, tx => write(tx, key)))
  for (const one of both) await assert.rejects(one, Unavailable)
  broken = false
  assert.equal(await inTransaction(db, synchronous), 2)
  assert.equal(await inTransaction(db, synchronous), 1)
})

test('A full disk is told as one', async t => {
  const db = await forumIn(t)
  await insteadOfDisk(t, async () => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  })
  await assert.rejects(
    inTransaction(db, tx => write(tx, 'a')),
    error => error instanceof Unavailable && error.reason?.key === 'http.no_room',
  )
})
