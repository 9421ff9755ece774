import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { prepare } from '../../src/app/prepare.ts'
import { writeSettings } from '../../src/features/settings/index.ts'
import { answerEvents, runDueJobs } from '../../src/platform/jobs/index.ts'
import { type Db, inTransaction, migrate, openStore, type Store } from '../../src/platform/store/index.ts'
import { SqliteConnection } from '../../src/platform/store/sqlite/connection.ts'
import { answers, handlers } from '../../src/work.ts'
import { contentOf } from '../commands/copies.ts'
import { testForum } from '../support/index.ts'
import { folderWith } from './process.ts'

/** Everything that could be done, each as what was left for it. */
const work: readonly (readonly [name: string, payload?: unknown])[] = [
  ['mail.send', { kind: 'accounts.reset', memberId: 2 }],
  ['mail.send', { kind: 'accounts.verify', memberId: 2 }],
  ['mail.send', { kind: 'privacy.leaving', memberId: 2, by: 'member' }],
  ['mail.send', { kind: 'follows.reply', memberId: 2, topicId: 1, postId: 3 }],
  ['moderation.erase-quotes', { postId: 2 }],
  ['privacy.remains', { memberId: 4, posts: 'remove' }],
  ['privacy.remains', { memberId: 4, posts: 'keep' }],
  ['privacy.export', { exportId: 1 }],
]

/** After each call, or in a hurry after some of them. */
const stride = process.env.STOA_LONG === '1' ? 1 : 5

/** What a retry may leave twice: all secrets that were made are good; what is cached turns stale once more. */
const mayDouble = new Set(['one_time_secrets', 'revisions'])

class Killed extends Error {}

/** From the call with this number on nothing reaches the database, as if the process were gone; what was begun is undone. */
function killAt(t: TestContext, call: number): { calls(): number; revive(): void } {
  const ask = SqliteConnection.prototype.ask
  let calls = 0
  const mocked = t.mock.method(SqliteConnection.prototype, 'ask', function (
    this: SqliteConnection,
    text: string,
    parameters: readonly unknown[],
  ) {
    if (++calls >= call && text !== 'rollback') throw new Killed(text)
    return ask.call(this, text, parameters)
  } as typeof ask)
  return { calls: () => calls, revive: () => mocked.mock.restore() }
}

/** A forum in which there is something to do for everybody, in a file. */
async function furnished(t: TestContext): Promise<{ folder: string; file: string }> {
  const folder = folderWith(t)
  const file = join(folder, 'first.sqlite')
  const store = await openStore({ kind: 'sqlite', file })
  await migrate(store)
  const forum = await testForum(t, { store })
  const [bea, carl, dora] = [await forum.asMember('Bea'), await forum.asMember('Carl'), await forum.asMember('Dora')]
  let forms = 0
  const say = (who: typeof bea, body: string) =>
    who.post('/topic/1/reply', { body, format: 'markdown', submission: `form ${++forms} of a test`.padEnd(22, '-') })
  await say(bea, 'What Bea said first')
  await say(carl, '> [Bea wrote:](/post/2)\n>\n> What Bea said first\n\nI do not think so')
  await say(dora, 'Dora thinks so, @[Carl](/profile/3)')
  await say(bea, '> [Dora wrote:](/post/4)\n>\n> Dora thinks so\n\n@[Dora](/profile/4) is right')
  const { db } = forum
  const now = Date.now()
  await db
    .insertInto('follows')
    .values({ member_id: 2, topic_id: 1, created_at: now - 1000 } as never)
    .execute()
  await db
    .insertInto('exports')
    .values({ member_id: 2, asked_by_id: 2, created_at: now, file: null, size: null, ready_at: null })
    .execute()
  await db.updateTable('members').set({ leaving_at: 1, leaving_posts: 'remove' }).where('id', '=', 3).execute()
  await db.updateTable('members').set({ deleted_at: now }).where('id', '=', 4).execute()
  await db.updateTable('sessions').set({ expires_at: 1 }).execute()
  await inTransaction(db, tx => writeSettings(tx, { base_url: 'https://forum.example.org' }))
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
  const kept = join(folder, 'kept.sqlite')
  copyFileSync(file, kept)
  return { folder, file: kept }
}

async function openCopy(folder: string, from: string, name: string): Promise<Store> {
  const file = join(folder, `${name}.sqlite`)
  copyFileSync(from, file)
  const store = await openStore({ kind: 'sqlite', file })
  const dataDir = join(folder, name)
  mkdirSync(dataDir)
  prepare(store, { baseUrl: undefined, smtpUrl: undefined, dataDir })
  return store
}

/** What stands in the database, without moments and what was drawn by lot. */
async function endOf(store: Store): Promise<Record<string, string[]>> {
  const content = await contentOf(store)
  for (const [table, rows] of Object.entries(content)) {
    if (mayDouble.has(table)) delete content[table]
    else
      content[table] = rows
        .map(row => (table === 'exports' ? masked(row).replace(/\d+,\d+\]$/, 'size]') : masked(row)))
        .sort()
  }
  return content
}

function masked(row: string): string {
  return row.replaceAll(/\b1\d{12}\b/g, 'moment').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'name')
}

async function leave(db: Db, name: string, payload: unknown): Promise<void> {
  await db.deleteFrom('jobs').execute()
  await db
    .insertInto('jobs')
    .values({ name, payload: JSON.stringify(payload ?? null), key: null, created_at: 1, run_at: 1 })
    .execute()
}

/** Whoever was killed lets go of a job when its time is up. */
async function doIt(db: Db, name: string): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ claimed_until: null, run_at: 1, attempts: 0, error: null })
    .where('created_at', '=', 1)
    .execute()
  const handler = handlers[name]
  assert.ok(handler, name)
  await runDueJobs(db, { [name]: handler })
}

async function comparedAtEveryCall(
  t: TestContext,
  { folder, file }: { folder: string; file: string },
  name: string,
  { begin, act }: { begin(db: Db): Promise<void>; act(db: Db): Promise<void> },
): Promise<number> {
  const undisturbed = await openCopy(folder, file, `${name}-0`)
  await begin(undisturbed.db)
  await act(undisturbed.db)
  const expected = await endOf(undisturbed)
  await undisturbed.close()
  for (let call = 1; ; call += stride) {
    const store = await openCopy(folder, file, `${name}-${call}`)
    await begin(store.db)
    const death = killAt(t, call)
    await act(store.db).catch(() => undefined)
    death.revive()
    if (death.calls() < call) {
      await store.close()
      return death.calls()
    }
    await act(store.db)
    assert.deepEqual(await endOf(store), expected, `${name}, killed at call ${call}`)
    await store.close()
    assertMailed(folder, `${name}-${call}`, name)
  }
}

/** A mail that was handed over just before may come twice, and none is lost. */
function assertMailed(folder: string, run: string, name: string): void {
  const mails = (of: string) =>
    readdirSync(join(folder, of), { recursive: true }).filter(file => /[.]eml$/.test(`${file}`))
  const [expected, sent] = [mails(`${name}-0`).length, mails(run).length]
  assert.ok(sent === expected || sent === expected * 2, `${run}: ${sent} mails instead of ${expected}`)
}

test('whatever is cut off at any step comes to the same end when it is done again', async t => {
  const place = await furnished(t)
  const scheduled = Object.keys(handlers).filter(name => !work.some(([known]) => known === name))
  const all = [...work, ...scheduled.map(name => [name] as const)]
  for (const [index, [name, payload]] of all.entries()) {
    const steps = await comparedAtEveryCall(t, place, `${index}-${name}`, {
      begin: db => leave(db, name, payload),
      act: db => doIt(db, name),
    })
    t.diagnostic(`${name} ${JSON.stringify(payload ?? {})}: ${steps} steps`)
  }
})

test('events that are cut off at any step are answered once', async t => {
  const place = await furnished(t)
  const steps = await comparedAtEveryCall(t, place, 'events', {
    begin: async db => {
      await inTransaction(db, tx => writeSettings(tx, { smtp_url: 'smtp://127.0.0.1:9' }))
    },
    act: async db => {
      await db.updateTable('events').set({ due_at: 1, attempts: 0, error: null }).execute()
      await answerEvents(db, answers, () => undefined)
    },
  })
  assert.ok(steps > 3)
  t.diagnostic(`events: ${steps} steps`)
})
