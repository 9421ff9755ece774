import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import pg from 'pg'
import { openStore } from '../../src/platform/store/index.ts'
import { schedule } from '../../src/work.ts'
import { type Answer, ask } from '../bench/ask.ts'
import { emptyPlace, type Place, stoa } from '../commands/stoa.ts'
import { afterwards } from '../support/afterwards.ts'
import { startPostgres } from '../support/postgres/server.ts'
import { type ForumProcess, folderWith, startForum } from './process.ts'
import { furnish, send, signIn } from './writers.ts'

const patience = 5000

/** So long another process goes on holding the file when it has been told to wait once, in milliseconds. */
const longer = process.env.STOA_LONG === '1' ? 10_000 : 0

const typed = (body: string) => ({ body, format: 'markdown', submission: `the form of ${body}` })

/** They were told to come again, soon, with their text. */
function assertToldToWait({ status, headers, body, ms }: Answer, text?: string): void {
  assert.equal(status, 503, String(body))
  assert.match(headers['retry-after'] ?? '', /^\d+$/)
  assert.ok(ms < patience, `${ms} ms`)
  if (text) assert.ok(String(body).includes(text), String(body))
}

/** Has background work been done since? A visit leaves a job that counts it, which is done when its time has come. */
async function assertWorks(t: TestContext, { database }: Place): Promise<void> {
  const store = await openStore(database)
  afterwards(t, () => store.close())
  await store.db
    .insertInto('jobs')
    .values({ name: 'limits.purge', payload: 'null', key: 'asked', created_at: 0, run_at: 0 })
    .execute()
  for (let left = 100; left > 0; left--) {
    if (!(await store.db.selectFrom('jobs').select('id').where('created_at', '=', 0).executeTakeFirst())) break
    assert.ok(left > 1, 'nobody does the work that is left')
    await setTimeout(100)
  }
  await store.close()
}

test('while another process holds the SQLite file people read at once, and whoever writes is told to wait', async t => {
  const place = await emptyPlace(t, 'sqlite')
  assert.ok(place.database.kind === 'sqlite')
  await furnish(place)
  const forum = startForum(t, { ...place, folder: place.dataDir })
  const url = await forum.listens()
  const cookie = await signIn(url)
  const other = new Database(place.database.file)
  afterwards(t, () => void other.close())
  other.exec('begin immediate')
  const [mine, guest, signingIn, ...read] = await Promise.all([
    send(url, '/topic/1/reply', typed('Worth keeping'), { cookie }),
    send(url, '/topic/1/reply', { body: 'A guest said', format: 'markdown' }),
    send(url, '/login/', { login: 'Carl', password: 'not this one' }),
    ...Array.from({ length: 20 }, () => ask(`${url}/`, { headers: { cookie } })),
    ask(`${url}/forum/2/`),
  ])
  assertToldToWait(mine, 'Worth keeping')
  assertToldToWait(guest, 'A guest said')
  assertToldToWait(signingIn)
  for (const { status, ms } of read) assert.ok(status < 400 && ms < 1500, `${status} after ${ms} ms`)
  for (const until = performance.now() + longer; ; await setTimeout(500)) {
    assertToldToWait(await send(url, '/topic/1/reply', typed('Worth keeping'), { cookie }), 'Worth keeping')
    if (performance.now() >= until) break
  }
  other.exec('rollback')
  assert.equal((await send(url, '/topic/1/reply', typed('Worth keeping'), { cookie })).status, 303)
  await assertWorks(t, place)
  await endWell(forum, place)
})

test('while PostgreSQL is gone or frozen everybody is told to wait, and when it is back all goes on by itself', async t => {
  const { server, place, forum, url, cookie } = await onPostgres(t)
  const cached = `${url}/`
  for (let time = 0; time < 3; time++) assert.equal((await ask(cached)).status, 200)
  for (const [leave, comeBack] of [
    [server.pause, server.resume],
    [server.freeze, server.thaw],
  ]) {
    await leave?.()
    const answers = await Promise.all([
      send(url, '/topic/1/reply', typed('Worth keeping'), { cookie }),
      ask(cached),
      ask(cached, { headers: { cookie } }),
      send(url, '/topic/1/reply', { body: 'Worth keeping', format: 'markdown' }),
      // More than there are connections.
      ...Array.from({ length: 30 }, () => ask(`${url}/topic/1-welcome/`)),
      ask(`${url}/readyz`),
    ])
    assert.equal(answers.pop()?.status, 503)
    for (const [index, answer] of answers.entries())
      assertToldToWait(answer, index === 0 || index === 3 ? 'Worth keeping' : undefined)
    assert.equal((await ask(`${url}/healthz`)).status, 200)
    await comeBack?.()
    assert.equal((await send(url, '/topic/1/reply', typed('Worth keeping'), { cookie })).status, 303)
    assert.equal((await ask(cached)).status, 200)
  }
  await assertWorks(t, place)
  await endWell(forum, place)
})

test('while somebody else holds tables of PostgreSQL, whoever needs them is told to wait, and others read', async t => {
  const { place, forum, url, cookie } = await onPostgres(t)
  assert.ok(place.database.kind === 'postgres')
  assert.equal((await ask(`${url}/`)).status, 200)
  const other = new pg.Client({ connectionString: place.database.url })
  await other.connect()
  afterwards(t, () => other.end())
  await allIsDone(other)
  await other.query('begin')
  await other.query('lock table posts in access exclusive mode')
  const [mine, guest, topic, index] = await Promise.all([
    send(url, '/topic/1/reply', typed('Worth keeping'), { cookie }),
    ask(`${url}/topic/1-welcome/`),
    ask(`${url}/topic/1-welcome/`, { headers: { cookie } }),
    ask(`${url}/`),
  ])
  assertToldToWait(mine, 'Worth keeping')
  assertToldToWait(guest)
  assertToldToWait(topic)
  assert.equal(index.status, 200)
  const { rows } = await other.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)
  assert.deepEqual(rows, [], 'nobody is left waiting whom nobody waits for')
  await other.query('rollback')
  assert.equal((await send(url, '/topic/1/reply', typed('Worth keeping'), { cookie })).status, 303)
  await endWell(forum, place)
})

/** Background work takes its time, and would wait for a lock to the last: what a forum does when it starts is awaited. */
async function allIsDone(client: pg.Client): Promise<void> {
  for (let left = 100; left > 0; left--) {
    const { rows } = await client.query(
      'select (select count(*) from schedules) as known, (select count(*) from jobs where run_at <= $1) as due',
      [Date.now()],
    )
    if (Number(rows[0].known) === schedule.length && Number(rows[0].due) === 0) return
    assert.ok(left > 1, `the work of the start does not end: ${JSON.stringify(rows)}`)
    await setTimeout(100)
  }
}

async function onPostgres(t: TestContext) {
  const server = await startPostgres()
  afterwards(t, () => server.stop())
  const place: Place = { dataDir: folderWith(t), database: { kind: 'postgres', url: server.url } }
  await furnish(place)
  const forum = startForum(t, { ...place, folder: place.dataDir })
  const url = await forum.listens()
  return { server, place, forum, url, cookie: await signIn(url) }
}

async function endWell(forum: ForumProcess, place: Place): Promise<void> {
  assert.equal(await forum.end(), 0)
  assert.equal(forum.errors, '')
  assert.deepEqual(await stoa(place, 'verify'), { code: 0, output: 'Everything is right.' })
}
