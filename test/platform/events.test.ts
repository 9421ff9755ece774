import assert from 'node:assert/strict'
import { type Answers, answerEvents, record } from '../../src/platform/jobs/index.ts'
import { type Db, inTransaction, type Tx } from '../../src/platform/store/index.ts'
import { onBothDatabases } from '../support/index.ts'

const hour = 60 * 60 * 1000

const happens = (db: Db, payload: number) => inTransaction(db, tx => record(tx, 'walrus.fed', payload))

const left = (db: Db) => db.selectFrom('events').selectAll().orderBy('id').execute()

/** Writes a row for each event, in the transaction that takes it: a second one for the same would fail. */
async function note(tx: Tx, payloads: readonly number[]): Promise<void> {
  const rows = payloads.map(payload => ({ key: `fed ${payload}`, points: 1, expires_at: null }))
  await tx.insertInto('rate_limits').values(rows).execute()
}

async function noted(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('rate_limits').select('key').where('key', 'like', 'fed %').execute()
  return rows.map(({ key }) => Number(key.slice(4))).sort((a, b) => a - b)
}

onBothDatabases('what happens is answered once, however many processes look for it at once', async ({ db }) => {
  const all = Array.from({ length: 250 }, (_, id) => id)
  await inTransaction(db, async tx => {
    for (const id of all) await record(tx, 'walrus.fed', id)
  })
  await assert.rejects(
    inTransaction(db, async tx => {
      await record(tx, 'walrus.fed', 999)
      throw new Error('never mind')
    }),
  )
  const answers: Answers = { 'walrus.fed': [note] }
  await Promise.all([1, 2, 3].map(() => answerEvents(db, answers, assert.ifError)))
  await answerEvents(db, answers, assert.ifError)
  assert.deepEqual(await noted(db), all)
  assert.deepEqual(await left(db), [])
})

onBothDatabases(
  'what cannot be answered holds up nothing else, leaves nothing half done, and is tried again',
  async ({ db }) => {
    for (const id of [1, 2, 3]) await happens(db, id)
    const errors: unknown[] = []
    let broken = true
    const answers: Answers = {
      'walrus.fed': [
        note,
        async (_tx, payloads: readonly number[]) => {
          if (broken && payloads.includes(2)) throw new Error('not today')
        },
      ],
    }
    const now = Date.now()
    const look = (time: number) => answerEvents(db, answers, error => errors.push(error), time)
    assert.equal(await look(now), 2)
    assert.deepEqual(await noted(db), [1, 3])
    assert.deepEqual(errors.map(String), ['Error: not today'])
    assert.equal(await look(now), 0)
    broken = false
    assert.equal(await look(now + hour), 1)
    assert.deepEqual(await noted(db), [1, 2, 3])

    broken = true
    await db.deleteFrom('rate_limits').execute()
    await happens(db, 2)
    for (let time = 1; time < 10; time++) await look(now + time * hour)
    const [event] = await left(db)
    assert.deepEqual([event?.attempts, event?.error], [5, 'Error: not today'])
    assert.notEqual(event?.failed_at, null)
    assert.deepEqual(await noted(db), [])
  },
)
