import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test } from 'node:test'
import { enqueue, enqueueDueSchedules, type Handlers, runDueJobs, startWorker } from '../../src/platform/jobs/index.ts'
import { type Db, inTransaction, migrate, openStore } from '../../src/platform/store/index.ts'
import { emptyDatabase, freshStore, onBothDatabases } from '../support/index.ts'

const minute = 60_000

const leave = (db: Db, name: string, payload: unknown = null, options: Parameters<typeof enqueue>[3] = {}) =>
  inTransaction(db, tx => enqueue(tx, name, payload, options))

const jobs = (db: Db) => db.selectFrom('jobs').selectAll().orderBy('id').execute()

/** Handlers that only note what they were given. */
function noting(...names: string[]): { handlers: Handlers; done: unknown[] } {
  const done: unknown[] = []
  const note = (payload: unknown) => void done.push(payload)
  return { done, handlers: Object.fromEntries(names.map(name => [name, note])) }
}

const failing: Handlers = {
  fail: () => {
    throw new RangeError('not today')
  },
}

onBothDatabases('What was enqueued is done once, with its payload and the store', async ({ db }) => {
  await leave(db, 'greet', { id: 7 })
  const seen: unknown[] = []
  const handlers: Handlers = { greet: (payload: unknown, { db: given }) => void seen.push(payload, given === db) }
  assert.equal(await runDueJobs(db, handlers), 1)
  assert.equal(await runDueJobs(db, handlers), 0)
  assert.deepEqual(seen, [{ id: 7 }, true])
  assert.deepEqual(await jobs(db), [])
})

onBothDatabases('A transaction that is undone leaves no work', async ({ db }) => {
  const undone = inTransaction(db, async tx => {
    await enqueue(tx, 'note', 1)
    throw new Error('never mind')
  })
  await assert.rejects(undone, /never mind/)
  assert.deepEqual(await jobs(db), [])
})

onBothDatabases('Work is done in the order in which it is due, and not before', async ({ db }) => {
  const now = Date.now()
  const { handlers, done } = noting('note')
  await leave(db, 'note', 'late', { runAt: now + minute })
  await leave(db, 'note', 'second', { runAt: now })
  await leave(db, 'note', 'first', { runAt: now - minute })
  await runDueJobs(db, handlers, now)
  assert.deepEqual(done, ['first', 'second'])
  await runDueJobs(db, handlers, now + minute)
  assert.deepEqual(done, ['first', 'second', 'late'])
})

onBothDatabases('A waiting job with the same key is kept and not doubled, at the earlier time', async ({ db }) => {
  const now = Date.now()
  await leave(db, 'note', 'one', { key: 'k', runAt: now + minute })
  await leave(db, 'note', 'two', { key: 'k', runAt: now + 2 * minute })
  await leave(db, 'note', 'three', { key: 'k', runAt: now + minute / 2 })
  await leave(db, 'note', 'other', { key: 'l', runAt: now })
  const waiting = await jobs(db)
  assert.deepEqual(
    waiting.map(({ payload, run_at }) => [payload, run_at - now]),
    [
      ['"one"', minute / 2],
      ['"other"', 0],
    ],
  )
})

onBothDatabases('What happens while a job is being done is done again after it', async ({ db }) => {
  let runs = 0
  const handlers: Handlers = {
    count: async () => {
      if (++runs === 1) await leave(db, 'count', null, { key: 'count' })
    },
  }
  await leave(db, 'count', null, { key: 'count' })
  assert.equal(await runDueJobs(db, handlers), 2)
})

test('A job waits for the transaction that asked for it a second time (postgres)', async t => {
  const { db } = await freshStore(t, 'postgres')
  const { handlers, done } = noting('count')
  await leave(db, 'count', null, { key: 'count' })
  await inTransaction(db, async tx => {
    await enqueue(tx, 'count', null, { key: 'count' })
    await outside(() => runDueJobs(db, handlers))
    assert.deepEqual(done, [])
  })
  assert.equal(await runDueJobs(db, handlers), 1)
})

/** Runs as if it had been started elsewhere, and not in this transaction. */
function outside<T>(act: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    elsewhere.emit('run', () => act().then(resolve, reject))
  })
}

const elsewhere = new EventEmitter()
const runs: (() => void)[] = []
const poll = setInterval(() => {
  for (const run of runs.splice(0)) run()
}, 5)
poll.unref()
elsewhere.on('run', (run: () => void) => runs.push(run))

onBothDatabases(
  'What fails is tried again after growing pauses, and kept with its error when it never works',
  async ({ db }) => {
    await leave(db, 'fail', { id: 1 })
    let now = Date.now()
    const pauses: number[] = []
    for (;;) {
      await assert.rejects(runDueJobs(db, failing, now), /not today/)
      const [job] = await jobs(db)
      assert.equal(job?.error, 'RangeError: not today')
      if (job.failed_at !== null) break
      assert.equal(await runDueJobs(db, failing, job.run_at - 1), 0)
      pauses.push(job.run_at - now)
      now = job.run_at
    }
    assert.deepEqual(pauses, [10_000, 40_000, 160_000, 640_000, 2_560_000])
    assert.equal(await runDueJobs(db, failing, now + 1e9), 0)
    const [kept] = await jobs(db)
    assert.deepEqual([kept?.attempts, kept?.payload, kept?.failed_at], [6, '{"id":1}', now])
  },
)

onBothDatabases('One job that fails does not hold up the others', async ({ db }) => {
  const { handlers, done } = noting('note')
  await leave(db, 'fail')
  await leave(db, 'note', 'still done')
  await assert.rejects(runDueJobs(db, { ...failing, ...handlers }), /not today/)
  assert.deepEqual(done, ['still done'])
})

onBothDatabases('A job that only newer code knows waits for that code', async ({ db }) => {
  await leave(db, 'unheard-of', 1)
  assert.equal(await runDueJobs(db, noting('note').handlers), 0)
  assert.equal(await runDueJobs(db, {}), 0)
  assert.equal(await runDueJobs(db, noting('unheard-of').handlers), 1)
})

onBothDatabases('The job of a process that was killed is done by another, later', async ({ db }) => {
  const now = Date.now()
  await leave(db, 'note', 'mine')
  await db
    .updateTable('jobs')
    .set({ claimed_until: now + minute, attempts: 1, key: null })
    .execute()
  const { handlers, done } = noting('note')
  assert.equal(await runDueJobs(db, handlers, now), 0)
  assert.equal(await runDueJobs(db, handlers, now + minute), 1)
  assert.deepEqual(done, ['mine'])
})

onBothDatabases('A job that kills every process is given up', async ({ db }) => {
  await leave(db, 'note', 'deadly')
  await db.updateTable('jobs').set({ claimed_until: 1, attempts: 6 }).execute()
  const { handlers, done } = noting('note')
  await assert.rejects(runDueJobs(db, handlers), /never came to an end/)
  assert.deepEqual(done, [])
  assert.ok((await jobs(db))[0]?.failed_at)
})

onBothDatabases('Whoever lost a job to another process changes nothing of it any more', async ({ db }) => {
  const handlers: Handlers = {
    slow: async () => {
      await db
        .updateTable('jobs')
        .set({ attempts: 2, claimed_until: Date.now() + minute })
        .execute()
    },
  }
  await leave(db, 'slow')
  await runDueJobs(db, handlers)
  assert.equal((await jobs(db))[0]?.attempts, 2)
})

onBothDatabases('Two workers share the work and do none of it twice', async ({ db }) => {
  const done: number[] = []
  const events = new EventEmitter()
  const handlers: Handlers = {
    note: async (id: number) => {
      await Promise.resolve()
      done.push(id)
      if (done.length === 40) events.emit('all')
    },
  }
  for (let id = 0; id < 40; id++) await leave(db, 'note', id)
  const all = once(events, 'all')
  const workers = [1, 2].map(() => startWorker({ db, handlers, pollMs: 5, onError: assert.ifError }))
  await all
  await Promise.all(workers.map(worker => worker.stop()))
  assert.deepEqual(
    done.sort((a, b) => a - b),
    Array.from({ length: 40 }, (_, id) => id),
  )
  assert.deepEqual(await jobs(db), [])
})

onBothDatabases('Whoever is stopped finishes what is under way and takes nothing new', async ({ db }) => {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const done: string[] = []
  const handlers: Handlers = {
    slow: async (name: string) => {
      begun.resolve()
      await release.promise
      done.push(name)
    },
  }
  await leave(db, 'slow', 'first')
  await leave(db, 'slow', 'second')
  const worker = startWorker({ db, handlers, concurrency: 1, pollMs: 5, onError: assert.ifError })
  await begun.promise
  const stopped = worker.stop()
  release.resolve()
  await stopped
  worker.wake()
  assert.deepEqual(done, ['first'])
  assert.equal((await jobs(db)).length, 1)
})

onBothDatabases('However many jobs wait for somebody who never answers, all others are done', async ({ db }) => {
  const answer = Promise.withResolvers<void>()
  const allDone = Promise.withResolvers<void>()
  let waiting = 0
  const done: unknown[] = []
  const handlers: Handlers = {
    'wait for an answer': () => {
      waiting++
      return answer.promise
    },
    note: (payload: unknown) => {
      if (done.push(payload) === 5) allDone.resolve()
    },
  }
  for (let n = 0; n < 5; n++) await leave(db, 'wait for an answer')
  const worker = startWorker({ db, handlers, apart: [['wait for an answer']], pollMs: 5, onError: assert.ifError })
  for (let n = 0; n < 5; n++) await leave(db, 'note', n)
  await allDone.promise
  assert.deepEqual(done.toSorted(), [0, 1, 2, 3, 4])
  assert.ok(waiting <= 2)
  answer.resolve()
  await worker.stop()
})

onBothDatabases('A worker tells of each job, and goes on when the database is back', async ({ db }) => {
  const events = new EventEmitter()
  await leave(db, 'fail')
  await db.schema.alterTable('jobs').renameTo('jobs_away').execute()
  const worker = startWorker({
    db,
    handlers: failing,
    pollMs: 5,
    onJob: report => events.emit('job', report),
    onError: error => events.emit('trouble', error),
  })
  const [trouble] = await once(events, 'trouble')
  assert.match(String(trouble), /jobs/)
  const told = once(events, 'job')
  await db.schema.alterTable('jobs_away').renameTo('jobs').execute()
  const [report] = await told
  assert.deepEqual([report.name, report.attempts, report.error.message], ['fail', 1, 'not today'])
  await worker.stop()
})

onBothDatabases('Scheduled work runs once in each interval, however many processes ask', async ({ db }) => {
  const schedule = [
    { name: 'purge', everyMs: 60 * minute },
    { name: 'sweep', everyMs: minute },
  ]
  const { handlers, done } = noting('purge', 'sweep')
  const now = Date.now()
  const runAt = async (time: number) => {
    done.length = 0
    await Promise.all([1, 2, 3].map(() => enqueueDueSchedules(db, schedule, time)))
    await runDueJobs(db, handlers, time)
    return done.length
  }
  assert.equal(await runAt(now), 2)
  assert.equal(await runAt(now + 1000), 0)
  assert.equal(await runAt(now + minute), 1)
  assert.equal(await runAt(now + 60 * minute), 2)
})

onBothDatabases('A shorter interval counts at once, and a clock that was wrong is forgiven', async ({ db }) => {
  const now = Date.now()
  const next = async () => (await db.selectFrom('schedules').selectAll().execute()).map(row => row.next_run_at - now)
  await enqueueDueSchedules(db, [{ name: 'purge', everyMs: 1000 * minute }], now)
  await enqueueDueSchedules(db, [{ name: 'purge', everyMs: minute }], now + 1)
  assert.deepEqual(await next(), [minute + 1])
  assert.equal((await jobs(db)).length, 1)
})

test('Two processes on one file share their work', async t => {
  const database = await emptyDatabase(t, 'sqlite')
  const [one, two] = [await openStore(database), await openStore(database)]
  t.after(() => Promise.all([one.close(), two.close()]))
  await migrate(one)
  await leave(one.db, 'note', 'a')
  await leave(two.db, 'note', 'b')
  const { handlers, done } = noting('note')
  assert.equal(await runDueJobs(two.db, handlers), 2)
  assert.equal(await runDueJobs(one.db, handlers), 0)
  assert.deepEqual(done, ['a', 'b'])
})
