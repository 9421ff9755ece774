import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { Unavailable } from '../../src/platform/errors.ts'
import { inHurry, inTransaction, openStore, type Store } from '../../src/platform/store/index.ts'
import { emptyDatabase } from '../support/index.ts'

const unavailable = (error: unknown) => error instanceof Unavailable && error.cause instanceof Error

/** A PostgreSQL behind a line that can be cut. */
async function onALine(t: TestContext): Promise<{ store: Store; errors: Error[]; cut(): void; mend(): void }> {
  const database = await emptyDatabase(t, 'postgres')
  assert.ok(database.kind === 'postgres')
  const url = new URL(database.url)
  const serverPort = Number(url.port)
  const sockets = new Set<Socket>()
  let open = true
  const line = createServer(client => {
    if (!open) return void client.destroy()
    const server = connect(serverPort, url.hostname)
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {}).on('close', () => to.destroy())
      from.pipe(to)
    }
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  const address = line.address()
  assert.ok(address && typeof address === 'object')
  url.port = String(address.port)
  const errors: Error[] = []
  const store = await openStore(
    { kind: 'postgres', url: url.href },
    { poolSize: 2, patienceMs: 1000, onConnectionError: error => errors.push(error) },
  )
  const cut = () => {
    open = false
    for (const socket of sockets) socket.destroy()
  }
  t.after(async () => {
    cut()
    line.close()
    await store.close()
  })
  const mend = () => {
    open = true
  }
  return { store, errors, cut, mend }
}

test('While the database is gone everything is unavailable, and afterwards all is well again', async t => {
  const { store, cut, mend } = await onALine(t)
  const ask = () => sql`select 1`.execute(store.db)
  await ask()
  cut()
  await assert.rejects(ask, unavailable)
  mend()
  await ask()
})

test('A line that is cut in the middle of a transaction ends the transaction and not the process', async t => {
  const { store, cut, mend, errors } = await onALine(t)
  const act = inTransaction(store.db, async tx => {
    await sql`create table half (a integer)`.execute(tx)
    cut()
    await sql`select 1`.execute(tx)
  })
  await assert.rejects(act, unavailable)
  assert.ok(errors.length > 0)
  mend()
  assert.deepEqual(await store.db.introspection.getTables(), [])
})

test('Of two transactions that wait for each other one gives way and is done again', async t => {
  const { store } = await onALine(t)
  await sql`create table pair (id integer primary key, a integer)`.execute(store.db)
  await sql`insert into pair values (1, 0), (2, 0)`.execute(store.db)
  const both = { one: Promise.withResolvers<void>(), two: Promise.withResolvers<void>() }
  const change = (first: number, second: number, mine: keyof typeof both, other: keyof typeof both) =>
    inTransaction(store.db, async tx => {
      await sql`update pair set a = a + 1 where id = ${first}`.execute(tx)
      both[mine].resolve()
      await both[other].promise
      await sql`update pair set a = a + 1 where id = ${second}`.execute(tx)
    })
  await Promise.all([change(1, 2, 'one', 'two'), change(2, 1, 'two', 'one')])
  const { rows } = await sql`select a from pair`.execute(store.db)
  assert.deepEqual(rows, [{ a: 2 }, { a: 2 }])
})

test('When all connections are taken for too long, whoever waits is told to come again', async t => {
  const { store } = await onALine(t)
  const done = Promise.withResolvers<void>()
  const taken = [1, 2].map(() => inTransaction(store.db, () => done.promise))
  await assert.rejects(sql`select 1`.execute(store.db), unavailable)
  done.resolve()
  await Promise.all(taken)
  await sql`select 1`.execute(store.db)
})

/** What a request asks that may wait for so long. */
function hurrying<T>(milliseconds: number, ask: () => Promise<T>): { asked: Promise<T>; end(): void } {
  const asked = Promise.withResolvers<T>()
  const end = inHurry(() => void ask().then(asked.resolve, asked.reject), milliseconds)
  return { asked: asked.promise, end }
}

test('Whoever waits is told in time, however much they ask, and work that nobody waits for is not cut short', async t => {
  const { store } = await onALine(t)
  const sleep = (seconds: number) => sql`select pg_sleep(${seconds})`.execute(store.db)
  const began = performance.now()
  const { asked } = hurrying(300, async () => {
    await sleep(0.2)
    await sleep(0.2)
  })
  await assert.rejects(asked, unavailable)
  const halfDone = hurrying(300, () =>
    inTransaction(store.db, async tx => {
      await sql`create table half (a integer)`.execute(tx)
      await sql`select pg_sleep(10)`.execute(tx)
    }),
  )
  await assert.rejects(halfDone.asked, unavailable)
  assert.ok(performance.now() - began < 5000)
  const limits = () => sql`show statement_timeout`.execute(store.db)
  const { asked: hurried, end } = hurrying(300, limits)
  assert.deepEqual((await hurried).rows, [{ statement_timeout: '4s' }])
  end()
  assert.deepEqual((await limits()).rows, [{ statement_timeout: '0' }])
  const late = hurrying(300, async () => {
    await Promise.resolve()
    return sleep(0.4)
  })
  late.end()
  await Promise.all([sleep(0.4), late.asked])
  assert.deepEqual(await store.db.introspection.getTables(), [])
})
