import assert from 'node:assert/strict'
import { chownSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { type Place, stoa } from '../commands/stoa.ts'
import { afterwards } from '../support/afterwards.ts'
import { accountForPostgres } from '../support/postgres/binaries.ts'
import { startPostgres } from '../support/postgres/server.ts'
import { fill, smallDisk } from './disk.ts'
import { folderWith, startForum } from './process.ts'
import { furnish, send, signIn } from './writers.ts'

const megabytes = 40

type Query = (sql: string) => Promise<unknown>

/** How room runs out in the database, and is there again. */
type Shortage = { begin(): Promise<unknown>; end(): Promise<unknown> }

/** A server of our own, with a forum's database on a disk that may become full. */
async function server(t: TestContext): Promise<{ url: string; shortage: Shortage }> {
  const disk = smallDisk(t, megabytes)
  const postgres = await startPostgres()
  afterwards(t, () => postgres.stop())
  const query = queryAt(postgres.url)
  const url = postgres.url.replace(/\/postgres$/, '/forum')
  if (!disk) {
    await query('create database forum')
    return { url, shortage: saidToBeFull(queryAt(url)) }
  }
  const { uid, gid } = accountForPostgres()
  if (uid !== undefined && gid !== undefined) chownSync(disk, uid, gid)
  await query(`create tablespace small location '${disk}'`)
  await query('create database forum tablespace small')
  const ballast = join(disk, 'ballast')
  return { url, shortage: { begin: async () => fill(ballast), end: async () => rmSync(ballast) } }
}

function queryAt(url: string): Query {
  return async sql => {
    const client = new pg.Client(url)
    await client.connect()
    try {
      return await client.query(sql)
    } finally {
      await client.end()
    }
  }
}

/** Where no disk can be mounted: the server says of every new post what it says when there is no room for it. */
function saidToBeFull(query: Query): Shortage {
  const full = `
    create function full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
    create trigger full before insert on posts for each row execute function full();
  `
  return { begin: () => query(full), end: () => query('drop function full() cascade') }
}

const reply = (body: string) => ({ body, format: 'markdown', submission: `form of ${body}`.slice(0, 40) })

test('when the disk of PostgreSQL is full people read on and are told why nothing is kept, until there is room', async t => {
  const { url: database, shortage } = await server(t)
  const place: Place = { dataDir: folderWith(t), database: { kind: 'postgres', url: database } }
  await furnish(place)
  const forum = startForum(t, { ...place, env: { DATA_DIR: place.dataDir } })
  const url = await forum.listens()
  const cookie = await signIn(url)
  const write = (body: string) => send(url, '/topic/1/reply', reply(body), { cookie })
  const before = await write('Before')
  assert.equal(before.status, 303)
  const topic = String(before.headers.location).replace(/[?#].*$/, '')

  await shortage.begin()
  let taken = 0
  let refused = await write('While there may be room in a page')
  for (; refused.status === 303; taken++)
    refused = await write(`Still taken, number ${taken} ${'and long '.repeat(400)}`)
  assert.equal(refused.status, 503)
  assert.equal(refused.headers['retry-after'], '60')
  assert.match(String(refused.body), /no room left/)
  assert.match(String(refused.body), /Still taken, number|While there may be room/)
  const read = (path: string, headers = {}) => fetch(url + path, { headers: { accept: 'text/html', ...headers } })
  for (const path of ['/', topic, '/account/', '/login/']) {
    for (const headers of [{}, { cookie }]) assert.ok((await read(path, headers)).status < 400, path)
  }
  assert.match(await (await read(topic, { cookie })).text(), /Before/)

  await shortage.end()
  const after = await write('Afterwards')
  assert.equal(after.status, 303)
  assert.match(await (await read(String(after.headers.location), { cookie })).text(), /Afterwards/)
  assert.equal(await forum.end(), 0)
  assert.deepEqual(await stoa(place, 'verify'), { code: 0, output: 'Everything is right.' })
})
