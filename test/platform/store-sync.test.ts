import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { type Db, inTransaction, kindOf, type Tx, withoutSync } from '../../src/platform/store/index.ts'
import { onBothDatabases } from '../support/index.ts'

const write = (db: Db, key: string) => db.insertInto('settings').values({ key, value: '1' }).execute()

/** Whether a commit on this connection would wait for the disk now. */
async function syncs(db: Db): Promise<boolean> {
  if (kindOf(db) === 'sqlite') {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
    return rows[0]?.synchronous === 2
  }
  // The servers of tests never wait, so this asks who says so: we, or the server.
  const setting = sql<{ source: string }>`select source from pg_settings where name = 'synchronous_commit'`
  const { rows } = await setting.execute(db)
  return rows[0]?.source !== 'session'
}

onBothDatabases('Only what may be taken back by a power cut does not wait for the disk', async ({ db }) => {
  const inside = async (tx: Tx) => {
    await write(tx, crypto.randomUUID())
    return syncs(tx)
  }
  assert.equal(await withoutSync(db, inside), false)
  assert.equal(await syncs(db), true)
  assert.equal(await withoutSync(db, inside), false)
  assert.equal(await inTransaction(db, inside), true)
  assert.equal(await inTransaction(db, tx => withoutSync(tx, inside)), true, 'a part waits as the whole does')
  const mixed = [0, 1, 2, 3].map(n => (n % 2 ? withoutSync(db, inside) : inTransaction(db, inside)))
  assert.deepEqual(await Promise.all(mixed), [true, false, true, false])
  const { count } = await db
    .selectFrom('settings')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  assert.equal(count, 8)
})

onBothDatabases('What fails without waiting for the disk leaves nothing, and those after it wait', async ({ db }) => {
  const failing = (kind: typeof withoutSync) =>
    kind(db, async tx => {
      await write(tx, 'a')
      throw new Error('no more')
    })
  await assert.rejects(failing(withoutSync), /no more/)
  assert.equal(await syncs(db), true)
  await assert.rejects(withoutSync(db, tx => sql`nonsense`.execute(tx)))
  assert.equal(await inTransaction(db, syncs), true)
  assert.deepEqual(await db.selectFrom('settings').select('key').execute(), [])
})

onBothDatabases(
  'What was begun in such a transaction and outlives it waits again, and none is begun in another',
  async ({ db }) => {
    const over = Promise.withResolvers<void>()
    let later: Promise<boolean> | undefined
    await withoutSync(db, async tx => {
      await write(tx, 'a')
      later = over.promise.then(() => inTransaction(db, syncs))
    })
    over.resolve()
    assert.equal(await later, true)
    await assert.rejects(
      inTransaction(db, () => withoutSync(db, syncs)),
      /do not nest/,
    )
  },
)
