import assert from 'node:assert/strict'
import { changeTopicForum, changeTopicState } from '../../../src/features/posts/change-state.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound } from './soundness.ts'
import { countPosts, makeForums, makeMember, makeReply, makeTopic, postRow, setVerb, topicRow } from './world.ts'
import { writingRoom } from './writing-room.ts'

async function scene(db: Db) {
  const [forum = 0, other = 0] = await makeForums(db, 2)
  const [ann, ben] = [await makeMember(db, 'Ann'), await makeMember(db, 'Ben')]
  const { topicId, postId } = await makeTopic(db, forum, ann, 'Old jade plants')
  return { forum, other, ann, ben, topicId, postId }
}

onBothDatabases(
  'A guest sees the box with “Join the conversation”, and what they send is handed on',
  async ({ db, t }) => {
    const { topicId } = await scene(db)
    const room = await writingRoom(t, db)
    const guest = room.visit()
    const page = await guest.get(`/topic/${topicId}-old-jade-plants/`)
    assert.match(page.text, /Join the conversation/)
    assert.match(
      page.text,
      /You can post now and register later\. If you have an account, sign in now to post with your account\./,
    )
    assert.equal(page.has('input[name=submission]'), false)
    assert.equal(page.attribute('button[name=carry]', 'formaction'), '/login/')
    assert.equal(page.attribute('button[name=carry]', 'value'), `topic:${topicId}`)
    await guest.press('Submit Reply', { body: 'From the *porch*' })
    const [sent] = room.guests
    assert.deepEqual(
      [sent?.kind, sent?.way, sent?.topic?.id, sent?.values.body],
      ['reply', 'claim', topicId, 'From the *porch*'],
    )
    assert.equal(await countPosts(db), 1)
  },
)

onBothDatabases('A guest previews without anything being kept', async ({ db, t }) => {
  const { topicId } = await scene(db)
  const room = await writingRoom(t, db)
  const guest = room.visit()
  await guest.get(`/topic/${topicId}-old-jade-plants/`)
  const page = await guest.press('Preview', { body: 'From the **porch**' })
  assert.equal(page.status, 200)
  assert.deepEqual(page.texts('#preview strong'), ['porch'])
  assert.equal(page.form('Submit Reply').value('body'), 'From the **porch**')
  assert.deepEqual(room.guests, [])
})

onBothDatabases('A guest starts a topic the same way', async ({ db, t }) => {
  const { forum } = await scene(db)
  const room = await writingRoom(t, db)
  const guest = room.visit()
  await guest.get(`/forum/${forum}-forum-1/new-topic`)
  await guest.press('Submit Topic', { Title: 'My fern', body: 'It is dying.' })
  assert.deepEqual(
    [room.guests[0]?.kind, room.guests[0]?.values.title, room.guests[0]?.topic],
    ['topic', 'My fern', null],
  )
})

onBothDatabases('Where guests post under a name they are asked for one', async ({ db, t }) => {
  const { forum, topicId } = await scene(db)
  await db.updateTable('forums').set({ guest_posting: 'named' }).where('id', '=', forum).execute()
  const room = await writingRoom(t, db)
  const guest = room.visit()
  await guest.get(`/topic/${topicId}/reply`)
  await guest.press('Submit Reply', { 'Your name': 'Passer-by', body: 'Hello' })
  assert.deepEqual([room.guests[0]?.way, room.guests[0]?.typed.guest_name], ['named', 'Passer-by'])
})

onBothDatabases('Where guests may not post they are led to sign in instead of a box', async ({ db, t }) => {
  const { forum, topicId } = await scene(db)
  await db.updateTable('forums').set({ guest_posting: 'none' }).where('id', '=', forum).execute()
  const room = await writingRoom(t, db)
  const guest = room.visit()
  const page = await guest.get(`/topic/${topicId}-old-jade-plants/`)
  assert.match(page.text, /Sign in to reply/)
  assert.equal(page.has('textarea'), false)
  const refused = await guest.post(`/topic/${topicId}/reply`, { body: 'Not lost', format: 'markdown' })
  assert.equal(refused.status, 403)
  assert.deepEqual([room.askedToSignIn.map(({ body }) => body), room.guests], [['Not lost'], []])
})

onBothDatabases('A member replies and lands on the post', async ({ db, t }) => {
  const { topicId, ben } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  await visitor.get(`/topic/${topicId}-old-jade-plants/`)
  const page = await visitor.press('Submit Reply', { body: 'Repot it in **spring**' })
  const topic = await topicRow(db, topicId)
  assert.deepEqual(visitor.redirects[0], { status: 303, to: `/post/${topic.last_post_id}` })
  assert.match(page.url, new RegExp(`^/topic/${topicId}-old-jade-plants/#post-${topic.last_post_id}$`))
  assert.match(page.html, /Repot it in <strong>spring<\/strong>/)
})

onBothDatabases('A double click makes one reply and shows the same page', async ({ db, t }) => {
  const { topicId, ben } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  const page = await visitor.get(`/topic/${topicId}-old-jade-plants/`)
  const sent = () => page.form('Submit Reply').fill({ body: 'Once' }).submit('Submit Reply')
  const [first, second] = await Promise.all([sent(), sent()])
  assert.equal(first.url, second.url)
  assert.equal(await countPosts(db), 2)
})

onBothDatabases(
  'A refused form comes back with everything in it and what is wrong beside the field',
  async ({ db, t }) => {
    const { forum, ben } = await scene(db)
    const visitor = (await writingRoom(t, db)).visit(ben)
    const form = await visitor.get(`/forum/${forum}-forum-1/new-topic`)
    const number = form.form('Submit Topic').value('submission')
    const page = await visitor.press('Submit Topic', { Title: '   ', body: 'My **text**' })
    assert.equal(page.status, 422)
    assert.match(page.text, /Give it a title\./)
    assert.equal(page.attribute('input[name=title]', 'aria-invalid'), 'true')
    assert.equal(page.form('Submit Topic').value('body'), 'My **text**')
    assert.equal(page.form('Submit Topic').value('submission'), number)
    const empty = await visitor.press('Submit Topic', { Title: 'A title', body: '' })
    assert.equal(empty.status, 422)
    assert.equal(empty.form('Submit Topic').value('Title'), 'A title')
    assert.equal(empty.attribute('textarea[name=body]', 'aria-invalid'), 'true')
  },
)

onBothDatabases('Enter in the title posts; it neither previews nor leads to sign in', async ({ db, t }) => {
  const { forum, ben } = await scene(db)
  const room = await writingRoom(t, db)
  const member = room.visit(ben)
  const form = (await member.get(`/forum/${forum}-forum-1/new-topic`)).form('Submit Topic')
  const page = await form.fill({ Title: 'Entered', body: 'Text' }).submit()
  assert.match(page.url, /^\/topic\/\d+-entered\/$/)
  const guest = room.visit()
  const own = (await guest.get(`/forum/${forum}-forum-1/new-topic`)).form('Submit Topic')
  await own.fill({ Title: 'Entered', body: 'Text' }).submit()
  assert.equal(room.guests.length, 1)
})

onBothDatabases('A preview keeps the title and shows both', async ({ db, t }) => {
  const { forum, ben } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  await visitor.get(`/forum/${forum}-forum-1/new-topic`)
  const page = await visitor.press('Preview', { Title: 'My fern', body: '- wilts' })
  assert.deepEqual([page.texts('#preview strong'), page.texts('#preview li')], [['My fern'], ['wilts']])
  assert.equal(page.form('Submit Topic').value('Title'), 'My fern')
  const posted = await visitor.press('Submit Topic')
  assert.equal(posted.h1, 'My fern')
})

onBothDatabases('A topic started from its form is where its author lands', async ({ db, t }) => {
  const { forum, ben } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  await visitor.get(`/forum/${forum}-forum-1/new-topic`)
  const page = await visitor.press('Submit Topic', { Title: 'My fern', body: 'It wilts.' })
  assert.match(page.url, /^\/topic\/\d+-my-fern\/$/)
  assert.equal(page.h1, 'My fern')
  await assertSound(db)
})

onBothDatabases('Quote opens the box with an attributed quote that links back', async ({ db, t }) => {
  const { topicId, postId, ben } = await scene(db)
  const html = '<p>First line<br>second line</p><p>More</p>'
  await db.updateTable('posts').set({ html, text: 'x' }).where('id', '=', postId).execute()
  const room = await writingRoom(t, db)
  for (const id of [ben, null]) {
    const visitor = room.visit(id)
    await visitor.get(`/topic/${topicId}-old-jade-plants/`)
    const page = await visitor.click('Quote')
    const quote = page.form('Submit Reply').value('body')
    assert.match(quote, new RegExp(`^> \\[Ann wrote:\\]\\(/post/${postId}\\)\n>\n`))
    assert.match(quote, /> First line\n> second line\n>\n> More\n/)
  }
  const visitor = room.visit(ben)
  await visitor.get(`/topic/${topicId}/reply?quote=${postId}`)
  const page = await visitor.press('Submit Reply', {
    body: `${visitor.page.form('Submit Reply').value('body')}I agree.`,
  })
  assert.match(page.html, new RegExp(`<a href="/post/${postId}"[^>]*>Ann wrote:</a>`))
  const quotes = await db.selectFrom('post_quotes').select('quoted_post_id').execute()
  assert.deepEqual(quotes, [{ quoted_post_id: postId }])
})

onBothDatabases('Quoting what one may not see gives nothing', async ({ db, t }) => {
  const { topicId, ann, ben } = await scene(db)
  const hidden = await makeReply(db, topicId, ann, { html: '<p>Secret</p>' })
  await db.updateTable('posts').set({ hidden_at: 1 }).where('id', '=', hidden.id).execute()
  const room = await writingRoom(t, db)
  for (const id of [ben, null]) {
    for (const quote of [String(hidden.id), '999', '0', '-1', 'abc', '99999999999', "1'"]) {
      const page = await room.visit(id).get(`/topic/${topicId}-old-jade-plants/?quote=${encodeURIComponent(quote)}`)
      assert.equal(page.status, 200)
      assert.equal(page.form('Submit Reply').value('body'), '')
    }
  }
  assert.deepEqual(room.faults, [])
})

const meanwhile = {
  locked: {
    status: 409,
    words: /was locked while you were writing/,
    happen: (db: Db, id: number) => db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', id).execute(),
  },
  deleted: {
    status: 410,
    words: /was deleted while you were writing/,
    happen: (db: Db, id: number) => inTransaction(db, tx => changeTopicState(tx, id, { deleted_at: 1 })),
  },
  hidden: {
    status: 404,
    words: /moved out of your reach, or it is gone/,
    happen: (db: Db, id: number) => inTransaction(db, tx => changeTopicState(tx, id, { hidden_at: 1 })),
  },
}

for (const [what, { status, words, happen }] of Object.entries(meanwhile)) {
  onBothDatabases(
    `A reply to a topic ${what} meanwhile is not lost: the page says so and it is a draft`,
    async ({ db, t }) => {
      const { topicId, ben } = await scene(db)
      const visitor = (await writingRoom(t, db)).visit(ben)
      await visitor.get(`/topic/${topicId}-old-jade-plants/`)
      await happen(db, topicId)
      const page = await visitor.press('Submit Reply', { body: 'A long *story*' })
      assert.equal(page.status, status)
      assert.match(page.text, words)
      assert.match(page.html, /A long \*story\*<\/textarea>/)
      const drafts = await visitor.click('Go to your drafts')
      assert.match(drafts.text, /A long \*story\*/)
      assert.match(drafts.text, words)
      assert.equal(await countPosts(db), 1)
    },
  )
}

onBothDatabases('A reply to a topic moved out of reach says the same as for one that never was', async ({ db, t }) => {
  const { topicId, other, ben } = await scene(db)
  await setVerb(db, other, 'Members', 'read', false)
  const visitor = (await writingRoom(t, db)).visit(ben)
  await visitor.get(`/topic/${topicId}-old-jade-plants/`)
  await inTransaction(db, tx => changeTopicForum(tx, topicId, other))
  const moved = await visitor.press('Submit Reply', { body: 'Where did it go' })
  const never = await visitor.post('/topic/4711/reply', { body: 'Where did it go' })
  assert.deepEqual([moved.status, moved.texts('.problem')], [never.status, never.texts('.problem')])
  assert.match(moved.html, /Where did it go/)
})

onBothDatabases("A guest's reply to a topic locked meanwhile is given back as well", async ({ db, t }) => {
  const { topicId } = await scene(db)
  const guest = (await writingRoom(t, db)).visit()
  await guest.get(`/topic/${topicId}-old-jade-plants/`)
  await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topicId).execute()
  const page = await guest.press('Submit Reply', { body: 'A guest story' })
  assert.equal(page.status, 409)
  assert.match(page.text, /was locked/)
  assert.match(page.html, /A guest story<\/textarea>/)
})

onBothDatabases(
  'Whoever was signed out while writing is asked to sign in, with the text at hand',
  async ({ db, t }) => {
    const { topicId, forum, ben } = await scene(db)
    const room = await writingRoom(t, db)
    const form = (await room.visit(ben).get(`/topic/${topicId}-old-jade-plants/`)).form('Submit Reply')
    const submission = form.value('submission')
    const typed = { title: 'T', body: 'Typed for an hour', format: 'markdown' } as const
    for (const path of [`/topic/${topicId}/reply`, `/forum/${forum}/new-topic`]) {
      assert.equal((await room.visit().post(path, { submission, ...typed })).status, 403)
    }
    assert.deepEqual(room.askedToSignIn, [
      { place: `topic:${topicId}`, prefix: null, ...typed },
      { place: `forum:${forum}`, prefix: null, ...typed },
    ])
    assert.deepEqual(room.guests, [])
  },
)

onBothDatabases('What was typed before signing in stands in the box afterwards', async ({ db, t }) => {
  const { topicId, forum, postId, ann } = await scene(db)
  const room = await writingRoom(t, db)
  const visitor = room.visit(ann)
  room.carried = { place: `topic:${topicId}`, title: null, prefix: null, body: 'Carried reply', format: 'markdown' }
  assert.equal(
    (await visitor.get(`/topic/${topicId}-old-jade-plants/`)).form('Submit Reply').value('body'),
    'Carried reply',
  )
  room.carried = {
    place: `forum:${forum}`,
    title: 'Carried title',
    prefix: null,
    body: 'Carried text',
    format: 'markdown',
  }
  const topic = (await visitor.get(`/forum/${forum}/new-topic`)).form('Submit Topic')
  assert.deepEqual([topic.value('Title'), topic.value('body')], ['Carried title', 'Carried text'])
  room.carried = { place: `post:${postId}`, title: 'New title', prefix: null, body: 'Carried edit', format: 'markdown' }
  const edit = (await visitor.get(`/post/${postId}/edit`)).form('Save')
  assert.deepEqual([edit.value('Title'), edit.value('body')], ['New title', 'Carried edit'])
})

onBothDatabases('Whoever posts too much is told to wait, with the text still in the form', async ({ db, t }) => {
  const { topicId, ben } = await scene(db)
  await inTransaction(db, tx => writeSettings(tx, { posts_per_hour: 1 }))
  const visitor = (await writingRoom(t, db)).visit(ben)
  await visitor.get(`/topic/${topicId}-old-jade-plants/`)
  await visitor.press('Submit Reply', { body: 'One' })
  const page = await visitor.press('Submit Reply', { body: 'Two' })
  assert.equal(page.status, 429)
  assert.ok(Number(page.headers['retry-after']) > 0)
  assert.match(page.text, /You can post once in an hour/)
  assert.equal(page.form('Submit Reply').value('body'), 'Two')
})

onBothDatabases('A reply that waits is shown to its author in place, with the reason', async ({ db, t }) => {
  const { topicId, ben } = await scene(db)
  const room = await writingRoom(t, db)
  const visitor = room.visit(ben)
  await visitor.get(`/topic/${topicId}-old-jade-plants/`)
  const page = await visitor.press('Submit Reply', { body: 'See https://example.com' })
  assert.match(page.url, /#post-\d+$/)
  assert.match(page.text, /A first post with a link or an address in it appears when a moderator has approved it/)
  assert.doesNotMatch((await room.visit().get(`/topic/${topicId}-old-jade-plants/`)).html, /example\.com/)
})

onBothDatabases('Broken numbers in addresses are not found, whatever the method', async ({ db, t }) => {
  const { ben } = await scene(db)
  const room = await writingRoom(t, db)
  const visitor = room.visit(ben)
  const bad = ['0', '-1', 'abc', '1.5', '999999', '99999999999999999999', '1e3', '%31%27', 'null']
  for (const id of bad) {
    for (const path of [
      `/topic/${id}/reply`,
      `/forum/${id}/new-topic`,
      `/post/${id}/edit`,
      `/post/${id}/delete`,
      `/post/${id}/versions`,
    ]) {
      assert.equal((await visitor.get(path)).status, 404, path)
      assert.equal((await visitor.post(path, { body: 'x' })).status, 404, path)
    }
    assert.equal((await visitor.post(`/drafts/${id}/discard`)).status, 404)
  }
  assert.deepEqual(room.faults, [])
})

onBothDatabases('Forms without their fields, or with each twice, are refused and not a fault', async ({ db, t }) => {
  const { topicId, forum, postId, ann } = await scene(db)
  const room = await writingRoom(t, db)
  const visitor = room.visit(ann)
  const bodies: Record<string, string | string[]>[] = [
    {},
    {
      body: ['a', 'b'],
      title: ['a', 'b'],
      format: ['html', 'html'],
      submission: ['a', 'b'],
      draft: ['1', '2'],
      base: ['1'],
    },
    { body: 'x'.repeat(200_001), title: 'T' },
    { body: 'Text', title: 'T', format: 'pdf', submission: '<script>', draft: '-1', base: 'abc', preview: ['1', '2'] },
  ]
  for (const fields of bodies) {
    for (const path of [`/topic/${topicId}/reply`, `/forum/${forum}/new-topic`, `/post/${postId}/edit`]) {
      assert.ok((await visitor.post(path, fields)).status < 500, path)
    }
  }
  assert.deepEqual(room.faults, [])
  assert.ok((await postRow(db, postId)).id)
})
