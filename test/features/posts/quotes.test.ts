import assert from 'node:assert/strict'
import { onBothDatabases } from '../../support/stores.ts'
import type { Visitor } from '../../support/visitor/visitor.ts'
import { makeForums, makeMember, makeReply, makeTopic, postRow, setVerb } from './world.ts'
import { writingRoom } from './writing-room.ts'

function ask({ agent }: Visitor, fields: Record<string, string>) {
  return agent.post('/compose/quotes').set('Sec-Fetch-Site', 'same-origin').type('form').send(fields)
}

onBothDatabases('Nobody quotes from a page what they may not see, neither whole nor in part', async ({ db, t }) => {
  const [forum = 0, closed = 0] = await makeForums(db, 2)
  const [ann, ben] = [await makeMember(db, 'Ann'), await makeMember(db, 'Ben')]
  const open = await makeTopic(db, forum, ann)
  const staffOnly = await makeTopic(db, closed, ann)
  const hidden = await makeReply(db, open.topicId, ann, { html: '<p>Secret</p>' })
  await db.updateTable('posts').set({ hidden_at: 1, position: null }).where('id', '=', hidden.id).execute()
  for (const group of ['Guests', 'Members']) await setVerb(db, closed, group, 'read', false)
  const room = await writingRoom(t, db)
  for (const visitor of [room.visit(), room.visit(ben)]) {
    for (const post of [hidden.id, staffOnly.postId, 999_999]) {
      for (const more of [{}, { words: '<p>guessed</p>' }] as Record<string, string>[]) {
        const answer = await ask(visitor, { posts: String(post), ...more })
        assert.equal(answer.status, 404)
        assert.doesNotMatch(answer.text, /Secret|Ann|guessed/)
      }
    }
    const { body } = await ask(visitor, { posts: `${hidden.id},${open.postId},${staffOnly.postId}` })
    assert.equal(body.body, `> [Ann wrote:](/post/${open.postId})\n>\n> Words\n\n`)
    const page = await visitor.get(`/topic/${open.topicId}/reply?quote=${staffOnly.postId},${open.postId},${hidden.id}`)
    assert.equal(page.form('Submit Reply').value('body'), body.body)
    const many = Array.from({ length: 21 }, (_, at) => at + 1).join()
    for (const posts of ['', 'x', '1,', '1;2', many]) assert.equal((await ask(visitor, { posts })).status, 422, posts)
    const elsewhere = await ask(visitor, { posts: String(open.postId) }).set('Sec-Fetch-Site', 'cross-site')
    assert.equal(elsewhere.status, 403)
  }
  assert.deepEqual(room.faults, [])
})

onBothDatabases('Quotes say who, when and where, and keep only what a post may hold', async ({ db, t }) => {
  const [forum = 0] = await makeForums(db, 1)
  const [ann, ben] = [await makeMember(db, 'Ann'), await makeMember(db, 'Ben')]
  const { topicId, postId } = await makeTopic(db, forum, ann)
  await db
    .updateTable('posts')
    .set({ created_at: Date.UTC(2026, 1, 3, 4) })
    .where('id', '=', postId)
    .execute()
  const room = await writingRoom(t, db)
  const visitor = room.visit(ben)
  await visitor.get(`/topic/${topicId}/reply?quote=${postId}`)
  const shown = await visitor.press('Submit Reply', { body: `${visitor.page.form('Submit Reply').value('body')}Yes.` })
  const reply = Number(/post-(\d+)$/.exec(shown.url)?.[1] ?? shown.attribute('article:last-of-type', 'id')?.slice(5))
  const header =
    `<header><a href="/post/${postId}">Ann wrote:</a> ` +
    '<time datetime="2026-02-03T04:00:00.000Z" data-show="moment">2026-02-03</time></header>'
  const { html } = await postRow(db, reply)
  assert.equal(html, `<blockquote class="quote" data-post="${postId}">${header}<p>Words</p></blockquote><p>Yes.</p>`)
  const both = await ask(visitor, { posts: `${reply},${postId}`, format: 'html' })
  assert.equal(
    both.body.body.replaceAll(/<\/?(header|a)[^>]*>/g, ''),
    `<blockquote class="quote" data-post="${reply}">Ben wrote:<blockquote class="quote" data-post="${postId}">` +
      `Ann wrote:<p>Words</p></blockquote><p>Yes.</p></blockquote>` +
      `<blockquote class="quote" data-post="${postId}">Ann wrote:<p>Words</p></blockquote>`,
  )
  const words = `<ul><li onclick="a()">o<b>n</b>e<script>b()</script></li></ul>${html}`
  assert.equal(
    (await ask(visitor, { posts: String(reply), words })).body.body,
    `> [Ben wrote:](/post/${reply})\n>\n> - o[b]n[/b]e\n>\n> > [Ann wrote:](/post/${postId})\n> >\n> > Words\n>\n> Yes.\n\n`,
  )
  assert.equal((await ask(visitor, { posts: String(reply), words: '<br>' })).body.body, '')
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask(visitor, { posts: String(postId) })))
  assert.ok(answers.some(({ status }) => status === 429))
  assert.deepEqual(room.faults, [])
})

onBothDatabases('Links that quote long posts are followed so often and no more', async ({ db, t }) => {
  const [forum = 0] = await makeForums(db, 1)
  const ann = await makeMember(db, 'Ann')
  const { topicId, postId } = await makeTopic(db, forum, ann)
  const { id } = await makeReply(db, topicId, ann, { html: `<p>${'words '.repeat(4000)}</p>` })
  const room = await writingRoom(t, db)
  const visitor = room.visit(ann)
  const status = async (post: number) => (await visitor.get(`/topic/${topicId}/reply?quote=${post}`)).status
  const statuses = []
  for (let n = 0; n < 35; n++) statuses.push(await status(id))
  assert.deepEqual([statuses[0], statuses.at(-1)], [200, 429])
  assert.equal(await status(postId), 200)
})
