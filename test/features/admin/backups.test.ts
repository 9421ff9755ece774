import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { ZipFile } from 'yazl'
import { taskWords } from '../../../src/features/admin/tasks.ts'
import { folderOf, keepBackupsIn, keepingOf, restoresEnded } from '../../../src/features/backups/index.ts'
import { recountAll } from '../../../src/features/posts/index.ts'
import { openFiles } from '../../../src/platform/files/index.ts'
import { enqueueDueSchedules, startWorker } from '../../../src/platform/jobs/index.ts'
import { integrityFaults, openStore } from '../../../src/platform/store/index.ts'
import { handlers, schedule } from '../../../src/work.ts'
import { contentOf } from '../../commands/copies.ts'
import { afterwards } from '../../support/afterwards.ts'
import { furnishedDatabase, kinds, type TestForum, testForum, type Visitor } from '../../support/index.ts'
import { makeReply } from '../posts/world.ts'

const kind = (forum: TestForum) => forum.config.database.kind

/** A forum whose database others can open, too: a backup is made by a thread with a connection of its own. */
async function copiedForum(t: TestContext, on: (typeof kinds)[number]): Promise<TestForum> {
  const database = await furnishedDatabase(t, on)
  const store = await openStore(database, { poolSize: 5 })
  afterwards(t, () => store.close())
  return testForum(t, { store, config: { database } })
}

async function zipOf(parts: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

async function upload(admin: Visitor, bytes: Buffer, path = '/admin/backups/upload') {
  const request = admin.agent.post(path).set('Sec-Fetch-Site', 'same-origin').redirects(0)
  return request.attach('backup', bytes, 'some.stoa')
}

async function key(admin: Visitor, reason: string): Promise<string> {
  const page = await admin.get('/admin/backups')
  const row = page.texts('tbody tr').findIndex(text => text.includes(reason))
  return /backups\/([0-9a-f]{16})\/delete/.exec(page.html.split('<tbody>')[1]?.split('</tr>')[row] ?? '')?.[1] ?? ''
}

/** Writes replies until it is told to stop, and gives how many. */
function writing({ db }: TestForum, topicId: number): { stop(): Promise<number> } {
  let goes = true
  const all = (async () => {
    let written = 0
    for (; goes; written++) {
      await makeReply(db, topicId, null)
      await setTimeout(2)
    }
    return written
  })()
  return {
    stop() {
      goes = false
      return all
    },
  }
}

async function outsiders(forum: TestForum): Promise<void> {
  for (const visitor of [forum.asGuest(), await forum.asMember('Mia', { group: 'Moderators' })]) {
    for (const path of ['', '/0123456789abcdef/download', '/0123456789abcdef/restore'])
      assert.equal((await visitor.get(`/admin/backups${path}`)).status, 404, path)
    for (const path of ['/make', '/upload', '/0123456789abcdef/delete', '/0123456789abcdef/restore'])
      assert.equal((await visitor.post(`/admin/backups${path}`, { sure: '1' })).status, 404, path)
    assert.equal((await visitor.get('/setup/restore')).status, 404)
    assert.equal((await upload(visitor, Buffer.from('x'), '/setup/restore?token=x')).status, 404)
  }
}

/** What is no backup is refused in a sentence, and nothing is left of it. */
async function refusals(forum: TestForum, admin: Visitor, good: Buffer): Promise<void> {
  const before = readdirSync(folderOf(keepingOf(forum.db)))
  const bad = [
    Buffer.from('a letter'),
    good.subarray(0, good.length - 100),
    await zipOf({ 'photo.jpg': 'x' }),
    await zipOf({ 'manifest.json': '{"format":"other"}' }),
    Buffer.from(String(await buffer(zipSlip()))),
    await zipOf({ 'manifest.json': '{}', 'tables/posts.jsonl': '', 'files/evil.sh': 'rm -rf /' }),
  ]
  const answers = await Promise.all([...bad.map(bytes => upload(admin, bytes)), upload(admin, Buffer.from('again'))])
  for (const { status, text } of answers) {
    assert.equal(status, 422, 'however many come at once')
    assert.match(text, /This cannot be restored\. The file is damaged or no backup of Stoa/)
  }
  const missing = await admin.post('/admin/backups/upload')
  assert.equal(missing.status, 422)
  assert.deepEqual(readdirSync(folderOf(keepingOf(forum.db))), before)
}

/** A zip whose one part would land elsewhere: made by hand, as no honest program makes it. */
async function* zipSlip(): AsyncGenerator<Buffer> {
  const bytes = await zipOf({ 'xx/xx/evil': 'x' })
  yield Buffer.from(bytes.toString('latin1').replaceAll('xx/xx/evil', '../../evil'), 'latin1')
}

for (const on of kinds)
  test(`an administrator copies the forum while people write, and brings it back (${on})`, async t => {
    const forum = await copiedForum(t, on)
    const { db, config } = forum
    const folder = folderOf(keepingOf(db))
    await outsiders(forum)
    const admin = await forum.asAdmin()
    assert.match((await admin.get('/admin/')).text, /There is no backup of this forum/)
    const files = openFiles(join(config.dataDir, 'files'))
    const picture = await files.keep(Buffer.alloc(300_000, 'picture'), 'png')
    await makeReply(db, 1, null, { text: 'Before', html: '<p>Before</p>' })

    await admin.get('/admin/backups')
    await admin.press('Make a backup')
    const writers = writing(forum, 1)
    await forum.runJobs()
    assert.ok((await writers.stop()) > 3, 'people wrote meanwhile')
    assert.match((await admin.get('/admin/backups')).text, /Made by hand\n.*-hand\.stoa\n[\d.]+ [KM]B\nComplete/)
    assert.doesNotMatch((await admin.get('/admin/')).text, /There is no backup/)
    await runTask(forum, admin)
    const copy = await key(admin, 'Made by hand')
    const sent = await admin.agent.get(`/admin/backups/${copy}/download`).buffer().parse(binary)
    assert.equal(sent.headers['cache-control'], 'no-store')
    const [name = ''] = readdirSync(folder).filter(one => one.endsWith('.stoa'))
    assert.ok(readFileSync(join(folder, name)).equals(sent.body))
    assert.match(sent.headers['content-disposition'] ?? '', new RegExp(name))
    for (const path of ['..%2F..%2Fstoa.sqlite/download', `${name}/download`])
      assert.equal((await admin.get(`/admin/backups/${path}`)).status, 404)
    await refusals(forum, admin, sent.body)

    rmSync(join(config.dataDir, picture))
    await makeReply(db, 1, null, { text: 'Afterwards', html: '<p>Afterwards</p>' })
    const latest = await contentOf(forum.store)
    const asked = await admin.get(`/admin/backups/${copy}/restore`)
    assert.match(asked.text, /Everything that was written, changed or registered since is gone/)
    assert.match((await admin.post(`/admin/backups/${copy}/restore`)).text, /Please say that you are sure/)
    const running = await admin.post(`/admin/backups/${copy}/restore`, { sure: '1', copy: '1' })
    await restoresEnded()
    const told = await forum.asGuest().get(running.url)
    assert.match(told.text, /The forum is restored from .*-hand\.stoa: \d+ rows and one file/)

    const posts = (await db.selectFrom('posts').select('text').execute()).map(({ text }) => text)
    assert.ok(posts.includes('Before') && !posts.includes('Afterwards'))
    assert.deepEqual(await integrityFaults(db), [])
    assert.deepEqual(await recountAll(db, { repair: false }), [])
    assert.ok(existsSync(join(config.dataDir, picture)))
    assert.equal((await admin.get('/admin/')).status, 404, 'everybody has to sign in again')
    const again = await forum.asAdmin()
    assert.match((await again.get('/admin/backups')).text, /Before a restore/)

    // The way back from the way back: nothing of what was there is lost.
    const first = await again.get(`/admin/backups/${await key(again, 'Before a restore')}/restore`)
    await first.form('Restore it now').fill({ sure: true, copy: false }).submit()
    await restoresEnded()
    const back = await contentOf(forum.store)
    assert.deepEqual(back.posts, latest.posts)
    await trouble(forum, await forum.asAdmin())
  })

/** What comes again by itself is seen, and done when somebody asks. */
async function runTask({ db }: TestForum, admin: Visitor): Promise<void> {
  await enqueueDueSchedules(db, schedule)
  const begun = await admin.get('/admin/tasks')
  assert.equal(begun.texts('tbody tr').length, schedule.length)
  assert.match(begun.text, /Make the nightly backup\nEvery day\nnot yet/)
  await db.deleteFrom('jobs').execute()
  const failed = new Promise(resolve => {
    const options = { db, schedule, handlers: { 'claims.purge': () => assert.fail('No luck') } }
    const worker = startWorker({
      ...options,
      onError: error => assert.fail(String(error)),
      onJob: () => resolve(worker.stop()),
    })
    admin.post('/admin/tasks/claims.purge/run').then(page => {
      assert.match(page.text, /“Erase what guests left unpublished” is done now/)
      worker.wake()
    }, assert.fail)
  })
  await failed
  const page = await admin.get('/admin/tasks')
  assert.match(page.text, /Erase what guests left unpublished\nEvery 10 minutes\n.*\n\d+.ms\nAssertionError: No luck/)
  assert.equal((await admin.post('/admin/tasks/mail.send/run')).status, 404)
  await db.deleteFrom('jobs').execute()
}

/** What goes wrong is told, and nothing is changed by it. */
async function trouble(forum: TestForum, admin: Visitor): Promise<void> {
  const { db } = forum
  const folder = folderOf(keepingOf(db))
  const before = await db.selectFrom('posts').select('id').execute()
  const [name = ''] = readdirSync(folder).filter(one => one.includes('-hand'))
  const path = join(folder, name)
  const bytes = readFileSync(path)
  const spoiled = Buffer.from(bytes)
  for (let at = 200; at < 500; at++) spoiled.writeUInt8(spoiled.readUInt8(at) ^ 1, at)
  writeFileSync(path, spoiled)
  const copy = await key(admin, 'Made by hand')
  const { url } = await admin.post(`/admin/backups/${copy}/restore`, { sure: '1' })
  await restoresEnded()
  assert.match((await admin.get(url)).text, /was not restored, and nothing was changed\. .* is damaged/)
  assert.deepEqual(await db.selectFrom('posts').select('id').execute(), before)
  truncateSync(path, bytes.length - 5)
  assert.match((await admin.get('/admin/backups')).text, /Made by hand\n.*\n.*\nNot complete/)
  assert.equal((await admin.get(`/admin/backups/${copy}/download`)).status, 404)
  await admin.post(`/admin/backups/${copy}/delete`)
  assert.equal((await admin.post(`/admin/backups/${copy}/delete`)).status, 404)

  if (kind(forum) === 'postgres' && forum.config.database.kind === 'postgres') {
    const other = new pg.Client({ connectionString: forum.config.database.url, application_name: 'stoa elsewhere 1' })
    await other.connect()
    const page = await admin.get(`/admin/backups/${await key(admin, 'Before a restore')}/restore`)
    assert.equal(page.status, 422)
    assert.match(page.text, /Another process of this forum is running.*npm run stoa -- restore \//s)
    await other.end()
  }

  const warnings: unknown[] = []
  const warn = (facts: unknown) => void warnings.push(facts)
  keepBackupsIn(db, { ...keepingOf(db), warn, freeBytes: async () => 1000 })
  const kept = readdirSync(folder).filter(one => one.endsWith('.stoa'))
  await db.insertInto('jobs').values({ name: 'backups.nightly', payload: 'null', created_at: 0, run_at: 0 }).execute()
  await forum.runJobs()
  assert.equal(warnings.length, 1)
  assert.match((await admin.get('/admin/')).text, /The last backup was skipped, because the disk has too little room/)
  assert.deepEqual(
    readdirSync(folder).filter(one => one.endsWith('.stoa')),
    kept,
  )
}

function binary(res: unknown, done: (error: Error | null, body: Buffer) => void): void {
  buffer(res as NodeJS.ReadableStream).then(
    body => done(null, body),
    error => done(error, Buffer.alloc(0)),
  )
}

test('a forum is set up from a backup, and what was killed while it was made is none', async t => {
  const old = await copiedForum(t, 'sqlite')
  await old.member('Bea')
  const folder = folderOf(keepingOf(old.db))
  await old.runJobs()
  const admin = await old.asAdmin()
  await admin.post('/admin/backups/make')
  await old.runJobs()
  const [name = ''] = readdirSync(folder).filter(one => one.endsWith('.stoa'))
  const bytes = readFileSync(join(folder, name))

  mkdirSync(join(old.config.dataDir, 'files'))
  writeFileSync(join(old.config.dataDir, 'files', `${'0'.repeat(64)}.kept`), Buffer.alloc(80_000_000, 'noise'))
  const env = { ...process.env, DATA_DIR: old.config.dataDir, DATABASE_URL: sqliteFile(old) }
  const killed = join(folder, '20260101T000000Z-nightly.stoa')
  const child = spawn(process.execPath, ['src/start.mjs', 'cli', 'backup', killed], { env, stdio: 'ignore' })
  const ended = new Promise(resolve => child.once('close', resolve))
  while (!existsSync(`${killed}.part`)) await setTimeout(5)
  child.kill('SIGKILL')
  await ended
  assert.ok(!existsSync(killed) && existsSync(`${killed}.part`))
  rmSync(join(folder, name))
  assert.match((await admin.get('/admin/backups')).text, /Every night\n.*\n.*\nNot complete/)
  assert.match((await admin.get('/admin/')).text, /There is no backup of this forum/)

  const database = await furnishedDatabase(t, 'sqlite')
  const store = await openStore(database)
  afterwards(t, () => store.close())
  const forum = await testForum(t, { store, config: { database }, untouched: true })
  const link = new URL((await forum.app.setupLink(forum.url)) ?? '')
  const visitor = forum.asGuest()
  await visitor.get(link.pathname + link.search)
  const page = await visitor.click('Restore a backup of a forum instead')
  assert.equal((await upload(visitor, Buffer.from('x'), page.url)).status, 422)
  const taken = await upload(visitor, bytes, page.url)
  assert.equal(taken.status, 303)
  await restoresEnded()
  assert.match((await visitor.get(taken.headers.location ?? '')).text, /The forum is restored from/)
  await forum.signIn(visitor, old.admin)
  assert.equal((await visitor.get('/admin/backups')).status, 200)
  assert.equal((await visitor.get(link.pathname + link.search)).status, 404)
})

function sqliteFile({ config: { database } }: TestForum): string {
  return database.kind === 'sqlite' ? database.file : ''
}

test('whatever is done in the background has a name that an administrator reads', () => {
  assert.deepEqual(
    [...Object.keys(handlers), ...schedule.map(({ name }) => name)].filter(name => !taskWords(name)),
    [],
  )
})
