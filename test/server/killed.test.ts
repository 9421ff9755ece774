import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openStore } from '../../src/platform/store/index.ts'
import { ask } from '../bench/ask.ts'
import { emptyFolder, emptyPlace, type Place, stoa } from '../commands/stoa.ts'
import { afterwards } from '../support/afterwards.ts'
import { kinds } from '../support/index.ts'
import { startPostgres } from '../support/postgres/server.ts'
import { type ForumProcess, startForum } from './process.ts'
import { furnish, signIn, type Taken, Writers } from './writers.ts'

const [rounds, crashes] = process.env.STOA_LONG === '1' ? [20, 20] : [1, 1]

for (const kind of kinds) {
  test(`whoever was answered before the process was killed finds everything they wrote (${kind})`, async t => {
    const place = await emptyPlace(t, kind)
    await furnish(place)
    const start = () => startForum(t, { ...place, folder: place.dataDir })
    let forum = start()
    const writers = await Writers.signIn(await forum.listens())
    afterwards(t, () => writers.close())
    for (let round = 0; round < rounds; round++) {
      await killWhileTheyWrite(forum, writers)
      assert.equal(forum.errors, '')
      assert.deepEqual(await stoa(place, 'verify'), { code: 0, output: 'Everything is right.' })
      forum = start()
      await assertKept(t, place, await forum.listens(), writers.taken)
    }
  })
}

test('whoever was answered before PostgreSQL was killed finds everything they wrote, and the forum goes on', async t => {
  const server = await startPostgres({ durable: true })
  afterwards(t, () => server.stop())
  const place: Place = { dataDir: emptyFolder(t), database: { kind: 'postgres', url: server.url } }
  await furnish(place)
  const forum = startForum(t, { ...place, folder: place.dataDir })
  const url = await forum.listens()
  const writers = await Writers.signIn(url)
  afterwards(t, () => writers.close())
  for (let round = 0; round < crashes; round++) {
    const writing = writers.write(url, { mayTire: true })
    await Promise.race([writers.wrote(2 + Math.floor(Math.random() * 5)), writing])
    await server.crash()
    await writing
    await server.resume()
    await assertKept(t, place, url, writers.taken)
    assert.deepEqual(await stoa(place, 'verify'), { code: 0, output: 'Everything is right.' })
  }
  assert.equal(await forum.end(), 0)
  assert.equal(forum.errors, '')
})

/** At no particular moment: whatever each of them is in the middle of. */
async function killWhileTheyWrite(forum: ForumProcess, writers: Writers): Promise<void> {
  const writing = writers.write(await forum.listens())
  await Promise.race([writers.wrote(2 + Math.floor(Math.random() * 5)), writing])
  await forum.end('SIGKILL')
  await writing
}

async function assertKept(t: TestContext, { database }: Place, url: string, taken: Taken): Promise<void> {
  const store = await openStore(database)
  afterwards(t, () => store.close())
  const { db } = store
  const posts = new Set((await db.selectFrom('posts').select('text').execute()).map(({ text }) => text))
  const names = new Set((await db.selectFrom('members').select('name').execute()).map(({ name }) => name))
  assert.deepEqual(
    taken.replies.filter(body => !posts.has(body)),
    [],
  )
  assert.deepEqual(
    taken.names.filter(name => !names.has(name)),
    [],
  )
  for (const [path, body] of taken.claims)
    assert.ok(String((await ask(url + path)).body).includes(body.slice(-36)), path)
  const newest = taken.names.at(-1)
  if (newest) await signIn(url, newest)
  await store.close()
}
