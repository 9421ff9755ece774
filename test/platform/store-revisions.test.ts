import assert from 'node:assert/strict'
import {
  bumpRevisions,
  byRevision,
  type Db,
  inTransaction,
  type Revisions,
  readRevisions,
  rememberRevisions,
} from '../../src/platform/store/index.ts'
import { onBothDatabases } from '../support/index.ts'

/** As a request does it: `act` with what the request remembers, and what ends it. */
async function asRequest<T>(act: (end: () => void) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = rememberRevisions(() => queueMicrotask(() => act(() => end()).then(resolve, reject)))
  })
}

const raise = (db: Db) => inTransaction(db, tx => bumpRevisions(tx, 'shell'))
const shellOf = ({ shell }: Revisions) => shell

onBothDatabases('A request sees the revisions of one moment, another one those of its own', async ({ db }) => {
  const before = shellOf(await readRevisions(db))
  const raised = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const first = asRequest(async end => {
    const seen = [shellOf(await readRevisions(db))]
    asked.resolve()
    await raised.promise
    seen.push(shellOf(await readRevisions(db)))
    seen.push(await inTransaction(db, async tx => shellOf(await readRevisions(tx))))
    end()
    seen.push(shellOf(await readRevisions(db)))
    return seen
  })
  await asked.promise
  await raise(db)
  raised.resolve()
  assert.deepEqual(await first, [before, before, before + 1, before + 1])
  assert.equal(await asRequest(async () => shellOf(await readRevisions(db))), before + 1)
})

onBothDatabases(
  'A request that changed something sees what it changed, and what others change then',
  async ({ db }) => {
    const seen = await asRequest(async () => {
      const revisions = [shellOf(await readRevisions(db))]
      await raise(db)
      revisions.push(shellOf(await readRevisions(db)))
      await raise(db)
      revisions.push(shellOf(await readRevisions(db)))
      return revisions
    })
    const [before = 0] = seen
    assert.deepEqual(seen, [before, before + 1, before + 2])
  },
)

onBothDatabases('A transaction takes what is kept, but not after its own change, and keeps nothing', async ({ db }) => {
  let times = 0
  const groupNames = byRevision('shell', async from => {
    times++
    return (await from.selectFrom('groups').select('name').where('kind', '=', 'guests').execute()).map(row => row.name)
  })
  const rename = async (tx: Db, name: string) => {
    await tx.updateTable('groups').set({ name }).where('kind', '=', 'guests').execute()
    await bumpRevisions(tx, 'shell')
  }
  const given = await groupNames(db)
  assert.deepEqual(await inTransaction(db, groupNames), given)
  assert.equal(times, 1)

  const undone = inTransaction(db, async tx => {
    await rename(tx, 'Passers-by')
    assert.deepEqual(await groupNames(tx), ['Passers-by'])
    throw new RangeError('Not after all')
  })
  await assert.rejects(undone, RangeError)
  await raise(db)
  assert.deepEqual(await groupNames(db), given)
  await inTransaction(db, tx => rename(tx, 'Strangers'))
  assert.deepEqual(await inTransaction(db, groupNames), ['Strangers'])
  assert.deepEqual(await groupNames(db), ['Strangers'])
})

onBothDatabases('A transaction does not wait for what somebody else is still reading', async ({ db }) => {
  const waiting = Promise.withResolvers<void>()
  let times = 0
  const slow = byRevision('shell', async () => {
    times++
    if (times === 1) await waiting.promise
    return times
  })
  const reading = slow(db)
  while (times === 0) await new Promise(setImmediate)
  assert.equal(await inTransaction(db, slow), 2)
  waiting.resolve()
  assert.equal(await reading, 2)
})
