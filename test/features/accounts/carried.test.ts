import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases, type Page, type Visitor } from '../../support/index.ts'
import { addMember, goodPassword, set } from './accounts.ts'
import { nora, said, smallForum } from './small-forum.ts'

const body = 'First line\n\n\n  "quoted" & <b>not bold</b> 👩‍👩‍👧 </textarea>\n'
async function makeTopic(db: Db, locked_at: number | null = null): Promise<{ forum: number; topic: number }> {
  const forum = await db
    .insertInto('forums')
    .values({ kind: 'forum', name: 'News', slug: 'news', description: '', position: 1, created_at: 0 })
    .returning('id')
    .executeTakeFirstOrThrow()
  const values = { forum_id: forum.id, title: 'A topic', slug: 'a-topic', created_at: 0, last_post_at: 0, locked_at }
  const topic = await db.insertInto('topics').values(values).returning('id').executeTakeFirstOrThrow()
  await db.updateTable('revisions').set({ shell: 99, permissions: 99 }).execute()
  return { forum: forum.id, topic: topic.id }
}

/** "Sign in now" in the box of a topic. */
function signInNow(visitor: Visitor, topic: number, more: Record<string, string> = {}): Promise<Page> {
  return visitor.post('/login/', { carry: `topic:${topic}`, body, format: 'markdown', ...more })
}

onBothDatabases('what a guest typed is there after signing in, failed attempts included', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { topic } = await makeTopic(db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  const page = await signInNow(visitor, topic)
  assert.equal(page.status, 200)
  assert.match(page.text, /Your text is kept/)
  assert.equal(page.form('Sign In').value('body'), body)
  for (let i = 0; i < 2; i++) {
    const again = await visitor.press('Sign In', { ...nora, password: 'wrong' })
    assert.equal(again.form('Sign In').value('body'), body)
  }
  const there = await visitor.press('Sign In', nora)
  assert.match(there.url, new RegExp(`^/topic/${topic}\\b.*#reply$`))
  assert.equal(said(there).member, 'Nora Fields')
  assert.equal(said(there).carried?.body, body)
  assert.equal(said(await visitor.get(`/topic/${topic}/`)).carried?.body, body)
})

onBothDatabases('what was carried is shown nowhere else, and no longer once it was sent', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { topic, forum: place } = await makeTopic(db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await signInNow(visitor, topic)
  await visitor.press('Sign In', nora)
  assert.equal(said(await visitor.get(`/forum/${place}/new-topic`)).carried, null)
  await visitor.post(`/topic/${topic}/reply`, { body })
  assert.equal(said(await visitor.get(`/topic/${topic}/`)).carried, null)
})

onBothDatabases('a new topic travels with its title, through registering as well', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { forum: place } = await makeTopic(db)
  const visitor = forum.visit()
  const fields = { carry: `forum:${place}`, title: 'A "new" <topic>', body, format: 'html' }
  await visitor.post('/login/', fields)
  const page = await visitor.press('Register')
  assert.match(page.text, /Your text is kept/)
  const who = { 'Display Name': 'Nora Fields', 'Email Address': 'nora@example.org', Password: 'short' }
  const wrong = await visitor.press('Register', who)
  assert.equal(wrong.status, 422)
  assert.equal(wrong.form('Register').value('title'), fields.title)
  const back = await visitor.press('Sign in')
  assert.equal(back.form('Sign In').value('title'), fields.title)
  await visitor.press('Register')
  const there = await visitor.press('Register', { ...who, Password: goodPassword })
  assert.equal(said(there).at, `/forum/${place}/new-topic`)
  const { title, body: text, format } = said(there).carried ?? {}
  assert.deepEqual({ title, text, format }, { title: fields.title, text: body, format: 'html' })
})

onBothDatabases('limits that refuse give the text back', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { topic } = await makeTopic(db)
  await set(db, { sign_in_tries_address: 3 })
  const visitor = forum.visit()
  await signInNow(visitor, topic)
  for (let i = 0; i < 3; i++) await visitor.press('Sign In', nora)
  const refused = await visitor.press('Sign In', nora)
  assert.equal(refused.status, 429)
  assert.equal(refused.form('Sign In').value('body'), body)
})

onBothDatabases('whoever is signed in by now goes straight on', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { topic } = await makeTopic(db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  assert.equal(said(await signInNow(visitor, topic)).carried?.body, body)
})

onBothDatabases('a text whose topic takes no replies any more is shown to be copied', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { topic } = await makeTopic(db, 1)
  await addMember(forum, 'Nora Fields')
  for (const id of [topic, topic + 1000]) {
    const visitor = forum.visit()
    await signInNow(visitor, id)
    const page = await visitor.press('Sign In', nora)
    assert.equal(page.url, '/account/unsent/')
    assert.equal(page.h1, 'Your text is not lost')
    assert.equal(page.form('I do not need it any more').value('body'), body)
    await visitor.press('I do not need it any more')
    assert.equal((await visitor.get('/account/unsent/')).url, '/account/')
  }
})

onBothDatabases('while registration is closed the text finds its way back to signing in', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { topic } = await makeTopic(db)
  await set(db, { registration: 'closed' })
  const visitor = forum.visit()
  const page = await visitor.post('/register/', { carry: `topic:${topic}`, body, format: 'markdown' })
  assert.match(page.text, /no new members/)
  assert.equal((await visitor.press('Sign in')).form('Sign In').value('body'), body)
})

onBothDatabases('a browser without cookies keeps its text in the page', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { topic } = await makeTopic(db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await signInNow(visitor, topic)
  for (const button of ['Sign In', 'Register', 'Register']) {
    visitor.dropCookies()
    await visitor.press(button, button === 'Sign In' ? nora : {})
    assert.equal(visitor.page.form(button === 'Sign In' ? 'Sign In' : 'Register').value('body'), body)
  }
  visitor.dropCookies()
  await signInNow(visitor, topic)
  visitor.dropCookies()
  assert.match((await visitor.press('Sign In', nora)).text, /did not keep our cookie/)
  assert.equal(said(await visitor.press('Sign In', nora)).carried?.body, body)
})
