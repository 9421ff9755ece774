import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Db, inTransaction, migrate, openStore } from '../../src/platform/store/index.ts'

async function forumIn(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-checkpoints-'))
  const store = await openStore({ kind: 'sqlite', file: join(folder, 'stoa.sqlite') })
  t.after(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  await migrate(store)
  return { store, folder }
}

/** Some 25 pages, of 4 KB each. */
const write = (db: Db, key: number) =>
  inTransaction(db, tx =>
    tx
      .insertInto('settings')
      .values({ key: String(key), value: 'x'.repeat(100_000) })
      .execute(),
  )

async function ask(db: Db, pragma: string): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(pragma)}`.execute(db)
  return rows[0] ?? {}
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 20_000; !(await isSo()); await setTimeout(10)) {
    if (performance.now() > end) throw new Error('It never came to that')
  }
}

test('What was written comes from the log into the file while nobody waits for it, and the log begins anew', async t => {
  const { db } = (await forumIn(t)).store
  const log = () => ask(db, 'wal_checkpoint(noop)')
  for (let key = 0; key < 60; key++) await write(db, key)
  const { log: longest = 0 } = await log()
  assert.ok(longest < 4000, 'not so much that SQLite would have done it in a commit')
  await until(async () => ((await log()).checkpointed ?? 0) >= 1000)
  await until(async () => {
    await write(db, Math.random())
    return ((await log()).log ?? longest) < longest
  })
})

test('Where the thread fails, SQLite does it in its own way', async t => {
  const { store, folder } = await forumIn(t)
  assert.equal((await ask(store.db, 'wal_autocheckpoint')).wal_autocheckpoint, 4000)
  rmSync(join(folder, 'stoa.sqlite'))
  for (let key = 0; key < 60; key++) await write(store.db, key)
  await until(async () => (await ask(store.db, 'wal_autocheckpoint')).wal_autocheckpoint === 1000)
  await write(store.db, 60)
})
