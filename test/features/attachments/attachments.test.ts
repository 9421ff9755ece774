import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { removeUnused } from '../../../src/features/attachments/index.ts'
import { keepPicture } from '../../../src/features/posts/index.ts'
import { openFiles } from '../../../src/platform/files/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import type { Visitor } from '../../support/visitor/visitor.ts'
import { setVerb } from '../posts/world.ts'
import { bomb, metadataOf, movingPicture, photograph, picture, upload } from './pictures.ts'

const day = 24 * 60 * 60_000

function statusOf(visitor: Visitor, path: string): Promise<number> {
  return visitor.agent.get(path).then(({ status }) => status)
}

/** As somebody who goes to another page while pictures are loading. */
async function asksAndLeaves(url: string, path: string): Promise<void> {
  const { host, hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, () => socket.destroy())
  await once(socket, 'close')
}

forumOnBothDatabases(
  'What is uploaded is made anew, and is its uploader’s alone until a post shows it',
  async forum => {
    const guest = forum.asGuest()
    assert.equal((await upload(guest, await picture(8, 8), 'a.png')).status, 403)
    assert.doesNotMatch((await guest.get('/topic/1/')).html, /data-uploads|type="file"/)

    const [ann, ben] = [await forum.asMember('Ann'), await forum.asMember('Ben')]
    const { status, file } = await upload(ann, await photograph(), '../On the porch.jpeg')
    assert.equal(status, 201)
    assert.deepEqual([file.kind, file.name, file.width, file.height], ['image', 'On the porch.jpeg', 40, 60])
    const got = await ann.agent.get(file.src)
    assert.equal(got.status, 200)
    assert.doesNotMatch(got.body.toString('latin1'), /SECRET-PLACE|Exif/)
    assert.equal((await metadataOf(got.body)).orientation, undefined)
    assert.equal(got.headers['content-type'], 'image/jpeg')
    assert.equal(got.headers['x-content-type-options'], 'nosniff')
    assert.match(got.headers['cache-control'] ?? '', /^private, max-age=31536000, immutable$/)
    assert.match(got.headers['content-security-policy'] ?? '', /^sandbox/)
    assert.match(
      got.headers['content-disposition'] ?? '',
      /^inline; filename="On the porch.jpeg"; filename\*=UTF-8''On%20/,
    )
    assert.equal((await ann.agent.get(`${file.src}?size=thumb`)).headers['content-type'], 'image/webp')
    for (const other of [ben, guest]) assert.equal(await statusOf(other, file.src), 404)

    const again = await upload(ann, await photograph(), 'twice.jpg')
    assert.notEqual(again.file.id, file.id)
    const kept = (await readdir(join(forum.config.dataDir, 'files'))).filter(name => name.endsWith('.kept'))
    assert.equal(kept.length, 3, 'the same content is kept once')
    for (const name of kept) assert.equal(await statusOf(ann, `/files/${name}`), 404)
    assert.equal((await readdir(join(forum.config.dataDir, 'files'))).filter(name => name.endsWith('.part')).length, 0)
  },
)

forumOnBothDatabases(
  'A post opens its author’s files to its readers, and nobody opens somebody else’s',
  async forum => {
    const [ann, ben, guest] = [await forum.asMember('Ann'), await forum.asMember('Ben'), forum.asGuest()]
    const { file } = await upload(ann, await picture(1000, 500), 'Jade.png')
    const pasted = `Look ![mine](${file.src}) [all of it](${file.src})`
    await ben.get('/topic/1/')
    await ben.press('Submit Reply', { body: pasted })
    const [stolen = ''] = await htmlsOf(forum, 'Look')
    assert.doesNotMatch(stolen, /<img|width/, 'not even its size is told')
    for (const visitor of [ben, guest]) assert.equal(await statusOf(visitor, file.src), 404)

    await ann.get('/topic/1/')
    const page = await ann.press('Submit Reply', { body: `Here it is: ![A jade plant](${file.src}?size=display)` })
    const [html = ''] = await htmlsOf(forum, 'Here it is')
    const img = `<img src="${file.src}?size=display" alt="A jade plant" width="1000" height="500" loading="lazy">`
    assert.equal(html, `<p>Here it is: <a class="picture" href="${file.src}">${img}</a></p>`)
    assert.match(page.html, /class="picture"/)
    for (const visitor of [ben, guest]) assert.equal(await statusOf(visitor, file.src), 200)
    assert.equal(await statusOf(guest, `/attachment/${file.id}/other-name.exe`), 200, 'the number decides')
    for (const odd of ['/attachment/0/x', '/attachment/99999999999/x', '/attachment/x/x', `/attachment/${file.id}`])
      assert.equal(await statusOf(guest, odd), 404, odd)

    for (let times = 0; times < 5; times++) await asksAndLeaves(forum.url, file.src)
    assert.equal(await statusOf(guest, file.src), 200, 'whoever leaves too early is no fault of the forum')

    const post = await forum.db
      .selectFrom('posts')
      .select(['id', 'topic_id'])
      .where('text', 'like', 'Here%')
      .executeTakeFirstOrThrow()
    const states = { hidden_at: Date.now() }
    await forum.db.updateTable('posts').set(states).where('id', '=', post.id).execute()
    assert.deepEqual([await statusOf(guest, file.src), await statusOf(ben, file.src)], [404, 404])
    assert.deepEqual([await statusOf(ann, file.src), await statusOf(await forum.asAdmin(), file.src)], [200, 200])
    await forum.db
      .updateTable('posts')
      .set({ hidden_at: null, deleted_at: Date.now() })
      .where('id', '=', post.id)
      .execute()
    for (const visitor of [guest, ben, ann]) assert.equal(await statusOf(visitor, file.src), 404)
    await forum.db.updateTable('posts').set({ deleted_at: null }).where('id', '=', post.id).execute()

    await setVerb(forum.db, 0, 'Guests', 'read', false)
    assert.deepEqual([await statusOf(guest, file.src), await statusOf(ben, file.src)], [404, 200])
    await setVerb(forum.db, 0, 'Guests', 'read', true)

    await ann.get(`/post/${post.id}/edit`)
    await ann.press('Save', { body: 'Here it is no more' })
    assert.deepEqual([await statusOf(guest, file.src), await statusOf(ann, file.src)], [404, 200])
    assert.equal(await statusOf(await forum.asAdmin(), file.src), 200, 'whoever sees earlier versions sees all of them')
    await removeUnused(forum.db, filesOfForum(forum), Date.now() + 2 * day)
    assert.equal(await statusOf(ann, file.src), 200)
  },
)

forumOnBothDatabases('What a file is, its content decides; what is broken or far too large is refused', async forum => {
  const ann = await forum.asMember('Ann')
  const refused = async (bytes: Buffer | string, name: string) => {
    const { status, error } = await upload(ann, bytes, name)
    assert.ok(error && error.length > 10, `${name}: ${error}`)
    return status
  }
  assert.equal(await refused(await bomb(), 'bomb.png'), 422)
  assert.equal(await refused((await picture(300, 300)).subarray(0, 200), 'half.png'), 422)
  assert.equal(await refused(Buffer.from('MZ\x90\x00\x03\x00\x00\x00'), 'virus.txt'), 415)
  assert.equal(await refused(Buffer.alloc(9 * 1024 * 1024, 'a'), 'long.txt'), 413)
  assert.equal(await refused('', 'empty.txt'), 415)

  const svg = await upload(ann, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'sign.svg')
  assert.deepEqual([svg.status, svg.file.kind, svg.file.name], [201, 'file', 'sign.svg.txt'])
  const served = await ann.agent.get(svg.file.src)
  assert.equal(served.headers['content-type'], 'text/plain; charset=utf-8')
  assert.match(served.headers['content-disposition'] ?? '', /^attachment; filename="sign.svg.txt"/)
  const pdf = await upload(ann, '%PDF-1.7\n%\xe2\xe3', 'Bericht “äöü”.png')
  assert.deepEqual([pdf.file.kind, pdf.file.name], ['file', 'Bericht “äöü”.png.pdf'])
  const { headers } = await ann.agent.get(pdf.file.src)
  assert.match(
    headers['content-disposition'] ?? '',
    /^attachment; filename="Bericht ____.*filename\*=UTF-8''Bericht%20%E2%80%9C/,
  )

  const gif = await upload(ann, await movingPicture(), 'moving.jpg')
  assert.deepEqual([gif.file.name, gif.file.width, gif.file.height], ['moving.jpg.gif', 30, 20])
  for (const path of [gif.file.src, `${gif.file.src}?size=display`])
    assert.equal((await metadataOf((await ann.agent.get(path)).body)).pages, 3)
  const large = await upload(ann, await picture(5000, 2500, 'jpeg'), 'large.jpg')
  assert.deepEqual([large.file.width, large.file.height], [3840, 1920])

  await forum.db
    .updateTable('groups')
    .set({ upload_kinds: 'images', upload_total_bytes: 10 })
    .where('name', '=', 'Members')
    .execute()
  await forum.db.updateTable('revisions').set({ shell: 1000, permissions: 1000 }).execute()
  assert.equal(await refused('Only words', 'words.txt'), 415)
  const before = await filesOfForum(forum).names()
  assert.equal(await refused(await picture(9, 9), 'more.png'), 413)
  assert.deepEqual(await filesOfForum(forum).names(), before, 'what is refused takes no room on the disk')
})

forumOnBothDatabases('Without scripts files come with the text, which is never lost', async forum => {
  const ann = await forum.asMember('Ann')
  const form = (await ann.get('/topic/1/')).form('Submit Reply')
  const fields = { body: 'My words', format: 'markdown', submission: form.value('submission') }
  const send = (more: Record<string, string>, ...files: readonly [Buffer | string, string][]) => {
    const request = ann.agent.post('/topic/1/reply').set('Sec-Fetch-Site', 'same-origin').redirects(0)
    for (const [name, value] of Object.entries({ ...fields, ...more })) request.field(name, value)
    for (const [bytes, name] of files) request.attach('files', Buffer.from(bytes), name)
    return request
  }
  assert.ok(form.names.includes('files'))
  const wrong = await send({}, ['MZ\x90\x00', 'setup.exe'])
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /My words/)
  assert.match(wrong.text, /id="reply-files-error"/)

  const shown = await send({ upload: '1' }, [await picture(20, 10), 'Old jade plant.png'], ['Notes', 'notes.txt'])
  assert.equal(shown.status, 200)
  const [, image] = /!\[Old jade plant\]\((\/attachment\/\d+\/Old%20jade%20plant\.png)\)/.exec(shown.text) ?? []
  assert.ok(image)
  assert.match(shown.text, /\[notes\.txt\]\(\/attachment\/\d+\/notes\.txt\) \(1 KB\)/)

  const sent = await send({}, [await picture(30, 10), 'IMG_20260101.png'])
  assert.equal(sent.status, 303)
  const [html = ''] = await htmlsOf(forum, 'My words')
  assert.match(
    html,
    /^<p>My words<\/p><p><a class="picture" href="\/attachment\/\d+\/IMG_20260101\.png" aria-label="IMG_20260101\.png"><img [^>]*alt="" width="30"/,
  )
  const guest = await forum
    .asGuest()
    .agent.post('/topic/1/reply')
    .field('body', 'A guest’s words')
    .attach('files', Buffer.from('x'), 'x.txt')
    .set('Sec-Fetch-Site', 'same-origin')
    .redirects(0)
  assert.equal(guest.status, 303)
})

forumOnBothDatabases('What nobody uses goes after a day, and content that comes again stays', async forum => {
  const ann = await forum.asMember('Ann')
  const files = filesOfForum(forum)
  const member = await forum.db.selectFrom('members').select('id').where('name', '=', 'Ann').executeTakeFirstOrThrow()
  const [gone, drafted] = [await upload(ann, 'first', 'a.txt'), await upload(ann, 'second', 'b.txt')]
  const draft = { body: `[b](${drafted.file.src})`, format: 'markdown' as const, created_at: Date.now() }
  await forum.db
    .insertInto('drafts')
    .values({ member_id: member.id, place: 'topic:1', ...draft })
    .execute()
  const sentSignedOut = await upload(ann, 'third', 'd.txt')
  await forum.asGuest().post('/topic/1/reply', { body: `[d](${sentSignedOut.file.src})` })
  const [name = ''] = (
    await forum.db.selectFrom('attachments').select('file').where('id', '=', gone.file.id).execute()
  ).map(({ file }) => file)
  await removeUnused(forum.db, files, Date.now() + 12 * 60 * 60_000)
  assert.equal(await statusOf(ann, gone.file.src), 200)
  await removeUnused(forum.db, files, Date.now() + 2 * day)
  assert.deepEqual([await statusOf(ann, gone.file.src), await statusOf(ann, drafted.file.src)], [404, 200])
  assert.equal(await statusOf(ann, sentSignedOut.file.src), 200)
  assert.notEqual(await files.age(name), null, 'a backup may be under way')
  const again = await upload(ann, 'first', 'c.txt')
  await removeUnused(forum.db, files, Date.now() + 12 * 60 * 60_000)
  assert.equal(await statusOf(ann, again.file.src), 200)

  const other = await forum.asMember('Ben')
  assert.equal((await forum.asGuest().agent.get('/account/files').redirects(0)).status, 303)
  assert.doesNotMatch((await other.get('/account/files/')).text, /c\.txt/)
  assert.equal((await other.post(`/account/files/${again.file.id}/delete`)).status, 404)
  assert.match((await ann.get('/account/files/')).text, /c\.txt[\s\S]*d\.txt[\s\S]*b\.txt/)
  for (const _ of ['once', 'twice'])
    assert.equal((await ann.post(`/account/files/${again.file.id}/delete`)).status, 200)
  assert.equal(await statusOf(ann, again.file.src), 404)
})

forumOnBothDatabases('A picture of elsewhere is a link until the forum keeps a copy, which is no edit', async forum => {
  const [ann, guest] = [await forum.asAdmin(), forum.asGuest()]
  const sourceUrl = 'https://elsewhere.example/sea.jpg?a=1&b=2'
  await ann.get('/topic/1/')
  await ann.press('Submit Reply', { body: `The sea ![waves "here"](${sourceUrl})` })
  const [before = ''] = await htmlsOf(forum, 'The sea')
  assert.doesNotMatch(before, /<img/)
  const { id } = await forum.db
    .selectFrom('posts')
    .select('id')
    .where('text', 'like', 'The sea%')
    .executeTakeFirstOrThrow()
  await guest.get('/topic/1/')
  const files = filesOfForum(forum)
  const path = await files.scratch()
  const { writeFile, rm } = await import('node:fs/promises')
  const bytes = await picture(50, 40, 'jpeg')
  await writeFile(path, bytes)
  const fetched = { path, name: 'sea.jpg', bytes: bytes.length, sourceUrl, postId: id }
  assert.equal(
    await keepPicture(forum.db, files, { ...fetched, sourceUrl: 'https://elsewhere.example/other.jpg' }),
    false,
  )
  assert.equal(await keepPicture(forum.db, files, fetched), true)
  await rm(path)
  const [after = ''] = await htmlsOf(forum, 'The sea')
  const [, src = ''] =
    /<a class="picture" href="([^"]+)"><img src="\1\?size=display" data-source="https:\/\/elsewhere[^>]*alt="waves &quot;here&quot;" width="50" height="40"/.exec(
      after,
    ) ?? []
  assert.equal(await statusOf(guest, src), 200, after)
  assert.match((await guest.get('/topic/1/')).html, /class="picture"/)
  const form = (await ann.get(`/post/${id}/edit`)).form('Save')
  assert.match(form.value('body'), /!\[waves "here"\]\(https:\/\/elsewhere\.example\/sea\.jpg\?a=1&b=2\)/)
  await ann.press('Save', { body: `${form.value('body')} and more` })
  assert.match((await htmlsOf(forum, 'The sea'))[0] ?? '', /data-source=.* and more/)
})

type Forum = Parameters<Parameters<typeof forumOnBothDatabases>[1]>[0]

function filesOfForum({ config }: Forum) {
  return openFiles(join(config.dataDir, 'files'))
}

async function htmlsOf({ db }: Forum, words: string): Promise<string[]> {
  const posts = await db.selectFrom('posts').select('html').where('text', 'like', `${words}%`).orderBy('id').execute()
  return posts.map(({ html }) => html)
}
