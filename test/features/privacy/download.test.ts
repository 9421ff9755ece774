import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fromBuffer } from 'yauzl'
import { purgeExports } from '../../../src/features/privacy/exports/purge-exports.ts'
import { sections } from '../../../src/features/privacy/exports/sections.ts'
import { holdings } from '../../../src/features/privacy/index.ts'
import { forumOnBothDatabases, onBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { makeReply, makeTopic } from '../posts/world.ts'

const day = 24 * 60 * 60_000

/** The files in an archive, by their names. */
async function unpack(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, file) => (error ? reject(error) : resolve(file))),
  )
  const files: Record<string, string> = {}
  return new Promise((resolve, reject) => {
    zip.on('entry', entry =>
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        text(stream).then(words => {
          files[entry.fileName] = words
          zip.readEntry()
        }, reject)
      }),
    )
    zip.on('end', () => resolve(files))
    zip.on('error', reject)
    zip.readEntry()
  })
}

async function download(visitor: Visitor, path: string) {
  const response = await visitor.agent
    .get(path)
    .set('Sec-Fetch-Site', 'same-origin')
    .buffer()
    .parse((stream, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => done(null, Buffer.concat(chunks)))
    })
  return { status: response.status, headers: response.headers, bytes: response.body as Buffer }
}

/** What the newest file of this person says. */
async function newestData(forum: TestForum, visitor: Visitor) {
  await visitor.get('/account/data/')
  await visitor.press('Make the file')
  await forum.runJobs()
  const { bytes } = await download(visitor, (await visitor.get('/account/data/')).link('Download'))
  return JSON.parse((await unpack(bytes))['data.json'] ?? '')
}

async function writeMuch({ db }: TestForum, memberId: number, otherId: number, replies: number) {
  const { topicId } = await makeTopic(db, 2, memberId, 'Herbs & <spices>')
  const { topicId: elsewhere } = await makeTopic(db, 2, otherId, 'By another')
  const gone = { member_id: memberId, guest_name: null, position: null, place: 1, content_version: 1, deleted_at: 3 }
  const rows = Array.from({ length: replies }, (_, n) => ({
    ...gone,
    topic_id: n % 2 ? topicId : elsewhere,
    html: `<p>Number ${n}</p>`,
    text: `Number ${n}`,
    created_at: n + 1,
  }))
  await db.insertInto('posts').values(rows).execute()
  const html = '<p>I grow <strong>thyme</strong>.</p>'
  const old = await makeReply(db, topicId, memberId, { html, text: 'I grow thyme.', address: '198.18.3.3' })
  const version = { title: null, html: '<p>I grow basil.</p>', text: 'I grow basil.', replaced_at: 1, reason: null }
  await db
    .insertInto('post_versions')
    .values({ ...version, post_id: old.id, replaced_by_id: memberId })
    .execute()
  const hidden = await makeReply(db, topicId, memberId, { html: '<p>Kept back</p>', text: 'Kept back' })
  await db.updateTable('posts').set({ hidden_at: 5 }).where('id', '=', hidden.id).execute()
  await makeReply(db, topicId, otherId, { html: '<p>None of your business</p>', text: 'None of your business' })
  const draft = {
    forum_id: 2,
    topic_id: null,
    title: 'Later',
    body: 'About <sage>',
    format: 'markdown' as const,
    place: null,
  }
  await db
    .insertInto('drafts')
    .values({ ...draft, member_id: memberId, reason: null, created_at: 7 })
    .execute()
}

forumOnBothDatabases('A member downloads everything, and nobody else does', async forum => {
  const guest = forum.asGuest()
  assert.match((await guest.get('/account/data/')).url, /^\/login\//)
  const [person, other] = [await forum.member('Bea'), await forum.member('Carl')]
  await writeMuch(forum, person.id, other.id, 1100)
  const [bea, carl, ada] = [await forum.asMember('Bea'), await forum.asMember('Carl'), await forum.asAdmin()]
  await bea.get('/account/')
  await bea.click('Download everything')
  const started = await bea.press('Make the file')
  assert.match(started.text, /is being made/)
  assert.ok(started.has('progress') && started.has('meta[name=robots][content*=noindex]'))
  assert.equal(started.headers['cache-control'], 'no-store')
  const again = await bea.press('Make the file')
  assert.equal(again.status, 422)
  assert.match(again.text, /still being made/)
  await forum.runJobs()
  assert.match((await bea.get('/')).text, /The file with everything stored is ready\. Download it/)
  assert.doesNotMatch((await bea.get('/')).text, /is ready/)
  const path = (await bea.get('/account/data/')).link('Download')
  for (const visitor of [carl, ada]) assert.equal((await visitor.get(path)).status, 404)
  assert.match((await guest.get(path)).url, /^\/login\//)

  const { status, headers, bytes } = await download(bea, path)
  assert.equal(status, 200)
  assert.match(headers['content-disposition'] ?? '', /^attachment; filename="data-[\d-]+\.zip"$/)
  assert.equal(headers['cache-control'], 'no-store')
  const files = await unpack(bytes)
  assert.deepEqual(Object.keys(files).sort(), ['data.json', 'index.html'])
  const data = JSON.parse(files['data.json'] ?? '')
  assert.equal(data.posts.length, 1103)
  assert.equal(data.account.email, person.email)
  assert.equal(data.drafts[0].body, 'About <sage>')
  assert.equal(data.drafts[0].created_at, '1970-01-01T00:00:00.007Z')
  assert.deepEqual(
    data.posts.flatMap((post: { versions: { text: string }[] }) => post.versions.map(version => version.text)),
    ['I grow basil.'],
  )
  assert.ok(data.posts.some((post: { text: string; hidden_at: string }) => post.text === 'Kept back' && post.hidden_at))
  assert.equal(data.sessions.length, 1)
  const page = files['index.html'] ?? ''
  assert.match(page, /I grow <strong>thyme<\/strong>/)
  assert.match(page, /Herbs &amp; &lt;spices&gt;/)
  assert.equal(page.match(/<article>/g)?.length, 1104)
  for (const file of Object.values(files)) assert.doesNotMatch(file, /\$2[aby]\$|None of your business|password_hash/)

  const { file } = await forum.db.selectFrom('exports').select('file').executeTakeFirstOrThrow()
  const kept = join(forum.config.dataDir, 'exports', file ?? '')
  assert.equal((await stat(kept)).mode & 0o777, 0o600)
  for (const _ of ['second', 'third']) {
    await bea.get('/account/data/')
    await bea.press('Make the file')
    await forum.runJobs()
  }
  await bea.get('/account/data/')
  assert.match((await bea.press('Make the file')).text, /enough for today/)
  await purgeExports(forum.db, Date.now() + 8 * day)
  await assert.rejects(stat(kept))
  assert.equal((await bea.get(path)).status, 404)
})

forumOnBothDatabases('What is kept under an address is given to whoever has proven it is theirs', async forum => {
  const { db } = forum
  const [{ id }, bea] = [await forum.member('Bea'), await forum.asMember('Bea')]
  await db
    .insertInto('mail_stops')
    .values({ email_key: 'bea@example.org', scope: 'claims', answer: null, created_at: 1 })
    .execute()
  assert.equal((await newestData(forum, bea)).mail_stops.length, 1)
  await db.updateTable('members').set({ email_verified_at: null }).where('id', '=', id).execute()
  assert.deepEqual((await newestData(forum, bea)).mail_stops, [])
})

/** Columns that say who, of which members download nothing, and why. */
const notDownloaded: Record<string, string> = {
  'posts.member_id': 'posts are written with their versions and quotes, not as a table',
  'submissions.member_id': 'random numbers of forms, each beside a post that is downloaded',
  'exports.asked_by_id': 'the same rows as those about them, or about somebody else',
}

onBothDatabases('Every column that says who is downloaded, and known when an account is deleted', async ({ db }) => {
  const tables = await db.introspection.getTables()
  const found = tables.flatMap(({ name, columns }) =>
    columns.flatMap(column =>
      /(^|_)(member|author|user|actor|moderator)_id$|_by(_id)?$/.test(column.name) ? `${name}.${column.name}` : [],
    ),
  )
  assert.deepEqual(holdings.map(({ table, column }) => `${table}.${column}`).sort(), found.sort())
  const downloaded = sections.map(({ table, owner }) => `${table}.${owner}`)
  assert.deepEqual([...downloaded, ...Object.keys(notDownloaded)].sort(), found)
  for (const { table, key, columns } of sections) {
    const known = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? []
    for (const column of [key, ...columns]) assert.ok(known.includes(column), `${table}.${column}`)
    assert.ok(!columns.some(column => /hash|secret|token|_key$/.test(column)), table)
  }
})
