import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { prepare } from '../../src/app/prepare.ts'
import { keepBackupsIn, keepingOf } from '../../src/features/backups/index.ts'
import { goOutBy } from '../../src/features/cards/index.ts'
import { writeSettings } from '../../src/features/settings/index.ts'
import { answerEvents, runDueJobs } from '../../src/platform/jobs/index.ts'
import { FetchFailed, type WayOut } from '../../src/platform/outward/index.ts'
import type { DatabaseConfig } from '../../src/platform/store/index.ts'
import {
  type DatabaseKind,
  type Db,
  inSnapshot,
  inTransaction,
  migrate,
  openStore,
  type Store,
  tableShapes,
} from '../../src/platform/store/index.ts'
import { NamedClient } from '../../src/platform/store/postgres/named-client.ts'
import { SqliteConnection } from '../../src/platform/store/sqlite/connection.ts'
import { answers, handlers } from '../../src/work.ts'
import { contentOf } from '../commands/copies.ts'
import { afterwards } from '../support/afterwards.ts'
import { emptyDatabase, kinds, testForum } from '../support/index.ts'
import { copyDatabase } from '../support/postgres/databases.ts'
import { folderWith } from './process.ts'

/** Everything that could be done, each as what was left for it. */
const work: readonly (readonly [name: string, payload?: unknown])[] = [
  ['mail.send', { kind: 'accounts.reset', memberId: 2 }],
  ['mail.send', { kind: 'accounts.verify', memberId: 2 }],
  ['mail.send', { kind: 'privacy.leaving', memberId: 2, by: 'member' }],
  ['mail.send', { kind: 'follows.reply', memberId: 2, topicId: 1, postId: 3 }],
  ['moderation.erase-quotes', { postId: 2 }],
  ['moderation.rename-quotes', { postId: 2 }],
  ['moderation.rename-member', { memberId: 2 }],
  ['privacy.remains', { memberId: 4, posts: 'remove' }],
  ['privacy.remains', { memberId: 4, posts: 'keep' }],
  ['privacy.export', { exportId: 1 }],
  ['posts.read-links', { postId: 6 }],
  ['posts.bring-pictures', { postId: 6 }],
  ['cards.fetch', { cardId: 1 }],
]

/** After each call, or in a hurry after some of them. */
const isLong = process.env.STOA_LONG === '1'
const first = isLong ? { sqlite: 1, postgres: 1 } : { sqlite: 1, postgres: 6 }
const stride = isLong ? { sqlite: 1, postgres: 1 } : { sqlite: 13, postgres: 31 }

/** What a retry may leave twice: all secrets that were made are good; what is cached turns stale once more. */
const mayDouble = new Set(['one_time_secrets', 'revisions', 'sent_mails'])

/** One page is there; servers of pictures are silent. */
const wayOut: WayOut = {
  async fetchOut(url) {
    if (!url.startsWith('https://known.example/')) throw new FetchFailed('connection')
    const bytes = Buffer.from('<title>Of all that is known</title>')
    return { url, type: 'text/html', charset: 'utf-8', bytes }
  },
}

class Killed extends Error {}

/** From the call with this number on nothing reaches the database, as if the process were gone; what was begun is undone. */
function killAt(t: TestContext, kind: DatabaseKind, call: number): { calls(): number; revive(): void } {
  let calls = 0
  const count = (text: string) => {
    if (++calls >= call && text !== 'rollback') throw new Killed(text)
  }
  const { ask } = SqliteConnection.prototype
  const { query } = NamedClient.prototype
  const mocked =
    kind === 'sqlite'
      ? t.mock.method(SqliteConnection.prototype, 'ask', function (this: SqliteConnection, text, parameters) {
          count(text)
          return ask.call(this, text, parameters)
        } as typeof ask)
      : t.mock.method(NamedClient.prototype, 'query', async function (this: NamedClient, text, values) {
          count(text)
          return query.call(this, text, values)
        } as typeof query)
  return { calls: () => calls, revive: () => mocked.mock.restore() }
}

/** A forum of which there are as many as it takes. */
interface Original {
  readonly kind: DatabaseKind
  readonly folder: string
  /** A copy of its own for each run. */
  open(name: string): Promise<Store>
}

/** A forum in which there is something to do for everybody. */
async function furnished(t: TestContext, kind: DatabaseKind): Promise<Original> {
  const folder = folderWith(t)
  const database = await emptyDatabase(t, kind)
  const store = await openStore(database)
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
  await say(bea, 'https://known.example/\n\nhttps://new.example/page\n\n![A fig](https://pictures.example/fig.png)')
  await say(dora, 'Dora took this back')
  const { db } = forum
  const now = Date.now()
  await leaveOverdue(db)
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
  await forum.app.close()
  // Copied at rest.
  await store.close()
  return {
    kind,
    folder,
    async open(name) {
      const copy = await openStore(await copyOf(t, database, join(folder, `${name}.sqlite`)), { poolSize: 2 })
      const dataDir = join(folder, name)
      mkdirSync(dataDir)
      prepare(copy, { baseUrl: undefined, smtpUrl: undefined, dataDir, database }, () => {})
      // A backup writes nothing into the database, and is none when it was cut off.
      keepBackupsIn(copy.db, { ...keepingOf(copy.db), freeBytes: async () => 0 })
      goOutBy(copy.db, wayOut)
      return copy
    },
  }
}

/** What ends by itself, and what is looked up. */
async function leaveOverdue(db: Db): Promise<void> {
  await db
    .insertInto('sanctions')
    .values({ member_id: 2, kind: 'no_links', created_at: 1, ends_at: 2 } as never)
    .execute()
  await db.updateTable('topics').set({ pinned_at: 1, pinned_until: 2 }).where('id', '=', 1).execute()
  await db.updateTable('posts').set({ deleted_at: 1 }).where('id', '=', 7).execute()
  await db
    .insertInto('link_cards')
    .values({ url: 'https://known.example/', created_at: 1, due_at: 1 } as never)
    .execute()
  await db.insertInto('link_card_uses').values({ card_id: 1, post_id: 6 }).execute()
}

async function copyOf(t: TestContext, database: DatabaseConfig, file: string): Promise<DatabaseConfig> {
  if (database.kind === 'sqlite') {
    copyFileSync(database.file, file)
    return { kind: 'sqlite', file }
  }
  const { url, drop } = await copyDatabase(database.url)
  afterwards(t, drop)
  return { kind: 'postgres', url }
}

/** What stands in the database, without moments and what was drawn by lot. */
async function endOf(store: Store): Promise<Record<string, string[]>> {
  const content = await contentOf(store)
  const numbered = await numberedTables(store)
  const cards = await store.db.selectFrom('link_cards').select(['id', 'url']).execute()
  for (const [table, rows] of Object.entries(content)) {
    if (mayDouble.has(table)) delete content[table]
    else
      content[table] = rows
        .map(row => (table === 'exports' ? masked(row).replace(/\d+,\d+\]$/, 'size]') : masked(row)))
        // Whoever may have gone out before has it counted again.
        .map(row => (table === 'rate_limits' ? row.replace(/("visits[^"]*"),\d+\]$/, '$1,visits]') : row))
        .map(row => withNamedCards(table, row, cards))
        .map(row => withoutNumber(row, numbered.get(table)))
        .sort()
  }
  return content
}

/** PostgreSQL leaves out a number that was given out and not used: where the number of a row stands in it. */
async function numberedTables({ db, kind }: Store): Promise<Map<string, number>> {
  if (kind === 'sqlite') return new Map()
  const shapes = await inSnapshot(db, tx => tableShapes(tx))
  return new Map(shapes.map(({ name, columns }) => [name, columns.toSorted().indexOf('id')]))
}

function withoutNumber(row: string, at = -1): string {
  if (at < 0) return row
  return row
    .replaceAll(/farewellId\\":\d+/g, 'farewellId')
    .replace(new RegExp(`^(\\[(?:(?:[^,"]+|"(?:[^"\\\\]|\\\\.)*"),){${at}})\\d+`), '$1number')
}

/** A card's number may be one that comes later, too: wherever a row names it, its address stands instead. */
function withNamedCards(table: string, row: string, cards: readonly { id: number; url: string }[]): string {
  const urls = new Map(cards.map(({ id, url }) => [String(id), url]))
  const named = (_: string, before: string, id: string) => before + (urls.get(id) ?? `no card ${id}`)
  if (table === 'link_card_uses') return row.replace(/^(\[)(\d+)/, named)
  return table === 'jobs' ? row.replace(/("card:|cardId\\":)(\d+)/g, named) : row
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
  original: Original,
  name: string,
  { begin, act }: { begin(db: Db): Promise<void>; act(db: Db): Promise<void> },
): Promise<number> {
  const { kind, folder } = original
  const undisturbed = await original.open(`${name}-0`)
  await begin(undisturbed.db)
  const life = killAt(t, kind, Number.POSITIVE_INFINITY)
  await act(undisturbed.db)
  life.revive()
  const steps = life.calls()
  const expected = await endOf(undisturbed)
  await undisturbed.close()
  for (let call = first[kind]; call <= steps; call += stride[kind]) {
    const store = await original.open(`${name}-${call}`)
    await begin(store.db)
    const death = killAt(t, kind, call)
    await act(store.db).catch(() => undefined)
    death.revive()
    await act(store.db)
    assert.deepEqual(await endOf(store), expected, `${name}, killed at call ${call}`)
    await store.close()
    assertMailed(folder, `${name}-${call}`, name)
  }
  return steps
}

/** A mail that was handed over just before may come twice, and none is lost. */
function assertMailed(folder: string, run: string, name: string): void {
  const mails = (of: string) =>
    readdirSync(join(folder, of), { recursive: true }).filter(file => /[.]eml$/.test(`${file}`))
  const [expected, sent] = [mails(`${name}-0`).length, mails(run).length]
  assert.ok(sent === expected || sent === expected * 2, `${run}: ${sent} mails instead of ${expected}`)
}

for (const kind of kinds)
  test(`whatever is cut off at any step comes to the same end when it is done again (${kind})`, async t => {
    const place = await furnished(t, kind)
    const scheduled = Object.keys(handlers).filter(name => !work.some(([known]) => known === name))
    const all = [...work, ...(isLong || kind === 'sqlite' ? scheduled : []).map(name => [name] as const)]
    for (const [index, [name, payload]] of all.entries()) {
      const steps = await comparedAtEveryCall(t, place, `${index}-${name}`, {
        begin: db => leave(db, name, payload),
        act: db => doIt(db, name),
      })
      t.diagnostic(`${name} ${JSON.stringify(payload ?? {})}: ${steps} steps`)
    }
  })

for (const kind of kinds)
  test(`events that are cut off at any step are answered once (${kind})`, async t => {
    const place = await furnished(t, kind)
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
