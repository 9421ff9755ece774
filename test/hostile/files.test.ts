import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { mergePosts } from '../../src/features/posts/moves/merge-posts.ts'
import { lockTopic } from '../../src/features/posts/queries/states.ts'
import { Unavailable } from '../../src/platform/errors.ts'
import { makeImage, openFiles } from '../../src/platform/files/index.ts'
import { limits } from '../../src/platform/limits/index.ts'
import { inTransaction } from '../../src/platform/store/index.ts'
import { picture, upload } from '../features/attachments/pictures.ts'
import { postRow } from '../features/posts/world.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../support/index.ts'

function statusOf({ agent }: Visitor, path: string): Promise<number> {
  return agent.get(path).then(({ status }) => status)
}

async function reply(visitor: Visitor, body: string): Promise<number> {
  await visitor.get('/topic/1/')
  await visitor.press('Submit Reply', { body })
  return Number(/#(?:post|comment)-(\d+)/.exec(visitor.page.url)?.[1] ?? (await newestPost(visitor)))
}

async function newestPost({ page }: Visitor): Promise<number> {
  return Math.max(...[...page.html.matchAll(/id="(?:post|comment)-(\d+)"/g)].map(([, id]) => Number(id)))
}

forumOnBothDatabases('Nobody has somebody else open a file for them, by an edit or by a quote', async forum => {
  const [mel, ann, guest] = [await forum.asMember('Mel'), await forum.asAdmin(), forum.asGuest()]
  const { file } = await upload(ann, await picture(40, 30), 'Staff only.png')
  const named = `![x](${file.src}) and [it](${file.src})`
  const post = await reply(mel, `Look ${named}`)

  await ann.get(`/post/${post}/edit`)
  await ann.press('Save', { body: `Look at this: ${named}` })
  assert.equal(await statusOf(guest, file.src), 404, 'whoever mends a typing error opens nothing')

  const asked = ann.agent.post('/compose/quotes').set('Sec-Fetch-Site', 'same-origin').type('form')
  const { body } = await asked.send({ posts: String(post) })
  assert.match(body.body, /wrote:\]/)
  const answer = await reply(ann, `${body.body}No.`)
  assert.equal(await statusOf(guest, file.src), 404, 'nor does whoever quotes')
  await ann.get(`/post/${answer}/edit`)
  await ann.press('Save', { body: `${body.body}No, no.` })
  assert.equal(await statusOf(mel, file.src), 404)

  const words = await reply(mel, 'Some words')
  const more = await reply(mel, `More: ${named}`)
  await inTransaction(forum.db, async tx => {
    const topic = (await lockTopic(tx, 1)) as NonNullable<Awaited<ReturnType<typeof lockTopic>>>
    const posts = await Promise.all([words, more].map(id => postRow(tx, id)))
    await mergePosts(tx, topic, posts, {
      memberId: (await postRow(tx, answer)).member_id ?? 0,
      at: Date.now(),
      reason: null,
    })
  })
  assert.equal(await statusOf(mel, file.src), 404, 'nor does whoever puts posts together')

  await ann.get(`/post/${post}/edit`)
  await ann.press('Save', { body: 'Look' })
  await ann.get(`/post/${post}/edit`)
  await ann.press('Save', { body: `Look ![the real one](${file.src})` })
  assert.deepEqual([await statusOf(guest, file.src), await statusOf(mel, file.src)], [200, 200], 'by hand they do')
  const got = await guest.agent.get(file.src)
  assert.match(got.headers.vary ?? '', /Cookie/, 'what a browser keeps is not for whoever signs in there next')
  const unchanged = await guest.agent.get(file.src).set('If-None-Match', got.headers.etag ?? '')
  assert.equal(unchanged.status, 304)
  await ann.get(`/post/${post}/edit`)
  await ann.press('Save', { body: 'Look' })
  for (const headers of [{ 'If-None-Match': got.headers.etag ?? '' }, { Range: 'bytes=0-9' }] as Record<
    string,
    string
  >[]) {
    assert.equal((await guest.agent.get(file.src).set(headers)).status, 404)
    assert.equal((await guest.agent.head(`${file.src}?size=thumb`).set(headers)).status, 404)
  }
})

forumOnBothDatabases(
  'Nobody uploads more than they may by sending much at once, and what is cut off leaves nothing',
  async forum => {
    const ann = await forum.asMember('Ann')
    const { id } = await forum.db.selectFrom('members').select('id').where('name', '=', 'Ann').executeTakeFirstOrThrow()
    const many = (count: number) => {
      const sent = ann.agent.post('/attachments').set('Sec-Fetch-Site', 'same-origin')
      for (let n = 0; n < count; n++) sent.attach('file', Buffer.from(`${n}`), `z${'\u0335'.repeat(30)}algo.txt`)
      return sent
    }
    const { body } = await many(1)
    assert.ok(body.files[0].name.length < 25, body.files[0].name)
    await limits(forum.db).spend('uploads', `member ${id}`, { points: 200, seconds: 3600 }, 189)
    assert.equal((await many(6)).status, 201)
    assert.equal((await many(6)).status, 429, 'files count, not forms')

    const ben = await forum.asMember('Ben')
    const waiting = await Promise.all(Array.from({ length: 6 }, () => sendPart(forum, ben, '/attachments', 'file')))
    await becomes(async () => (await scratchOf(forum)).length, 6)
    const more = await upload(ben, 'words', 'a.txt')
    assert.equal(more.status, 429)
    for (const one of waiting) one.destroy()
    await becomes(() => scratchOf(forum), [])
    assert.equal((await upload(ben, 'words', 'a.txt')).status, 201)
    const forms = await Promise.all(Array.from({ length: 6 }, () => sendPart(forum, ben, '/topic/1/reply', 'files')))
    await becomes(async () => (await scratchOf(forum)).length, 6)
    const answer = await ben.agent
      .post('/topic/1/reply')
      .set('Sec-Fetch-Site', 'same-origin')
      .field('body', 'My words')
      .attach('files', Buffer.from('x'), 'x.txt')
    assert.deepEqual([answer.status, /My words/.test(answer.text)], [422, true])
    for (const one of forms) one.destroy()
    await becomes(() => scratchOf(forum), [])

    for (let n = 0; n < 5; n++) {
      const whole = await sendPart(forum, ben, '/topic/1/reply', 'files', true)
      whole.destroy()
    }
    await becomes(() => scratchOf(forum), [])
  },
)

test('Where the disk is full while a picture is made, the picture is not to blame', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-full-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'p.png')
  await writeFile(path, await picture(50, 50))
  let made = 0
  const scratch = async () => {
    const full = join(folder, `full-${++made}`)
    await symlink('/dev/full', full)
    return full
  }
  await assert.rejects(makeImage({ ...openFiles(folder), scratch }, path, 'p.png'), Unavailable)
  assert.deepEqual(await readdir(folder), ['p.png'])
})

/** A form with a file, sent up to somewhere in that file, or as a whole; it goes on being open until it is destroyed. */
async function sendPart(forum: TestForum, visitor: Visitor, path: string, field: string, isWhole = false) {
  const cookie = Object.entries(visitor.cookies())
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  const end = '\r\n--x--\r\n'
  const start = `--x\r\nContent-Disposition: form-data; name="${field}"; filename="a.txt"\r\n\r\n${'words '.repeat(20_000)}`
  const headers = {
    cookie,
    'sec-fetch-site': 'same-origin',
    'content-type': 'multipart/form-data; boundary=x',
    'content-length': start.length + end.length,
  }
  const sent = request(`${forum.url}${path}`, { method: 'POST', headers }).on('error', () => {})
  await new Promise(resolve => sent.write(isWhole ? start + end : start, resolve))
  return sent
}

async function scratchOf({ config }: TestForum): Promise<string[]> {
  const names = await readdir(join(config.dataDir, 'files')).catch(() => [])
  return names.filter(name => name.endsWith('.part'))
}

async function becomes<T>(look: () => Promise<T>, wanted: T): Promise<void> {
  for (const end = Date.now() + 5000; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 5))) {
    if (JSON.stringify(await look()) === JSON.stringify(wanted)) return
  }
  assert.deepEqual(await look(), wanted)
}
