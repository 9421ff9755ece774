import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type Page, type TestForum, type Visitor } from '../../support/index.ts'
import { claims, heldBy, newcomer, posts, set } from './guests.ts'

async function letGuestsPost(db: Db, atOnce = false): Promise<void> {
  await db.updateTable('groups').set({ guest_posting: 'named' }).where('kind', '=', 'guests').execute()
  if (atOnce) {
    const { id } = await db.selectFrom('groups').select('id').where('kind', '=', 'guests').executeTakeFirstOrThrow()
    await db.insertInto('permissions').values({ forum_id: 0, group_id: id, verb: 'publish', allowed: 1 }).execute()
  }
  await db
    .updateTable('revisions')
    .set(eb => ({ shell: eb('shell', '+', 1), permissions: eb('permissions', '+', 1) }))
    .execute()
}

async function replyAs(visitor: Visitor, guest_name: string, body: string): Promise<Page> {
  await visitor.get('/topic/1/')
  return visitor.press('Submit Reply', { body, 'Your name': guest_name })
}

async function approveAll(forum: TestForum): Promise<void> {
  const admin = await forum.asAdmin()
  for (const { id, pending_at } of await posts(forum.db)) {
    if (pending_at) await admin.post('/moderate/', { act: 'approve', post: String(id) })
  }
  for (const { id } of await forum.db.selectFrom('topics').select('id').where('pending_at', 'is not', null).execute()) {
    await admin.post('/moderate/', { act: 'approve', topic: String(id) })
  }
}

forumOnBothDatabases(
  'what is mailed about a post under a name does not say that it waits to be published, or is erased',
  async forum => {
    await letGuestsPost(forum.db, true)
    const guest = forum.asGuest()
    await guest.get('/topic/1/')
    await guest.press('Submit Reply', { body: 'Here to stay', 'Your name': 'Passer By', email: 'pass@example.org' })
    const [mail] = await forum.mails('pass@example.org')
    assert.match(mail?.text ?? '', /becomes one of your account/)
    assert.doesNotMatch(mail?.text ?? '', /publish|erase/)
    const reader = forum.asGuest()
    const page = await reader.get(new URL(mail?.link(/\/claim\//) ?? '').pathname)
    assert.match(page.text, /The post stays where it is/)
    const said = await reader.press('This was not me')
    assert.match(said.text, /The post stays/)
    assert.doesNotMatch(said.text, /is erased/)
    assert.match((await forum.asGuest().get('/topic/1/')).text, /Here to stay/)
  },
  { mail: true },
)

forumOnBothDatabases('a guest posts under a name, and it waits for approval', async forum => {
  await letGuestsPost(forum.db)
  const guest = forum.asGuest({ address: '203.0.113.9' })
  const page = await replyAs(guest, '  Passer  By ', 'Just passing by')
  assert.match(page.text, /Your post has arrived\. It appears when a moderator has approved it\./)
  assert.match(page.url, /^\/claim\//)
  assert.match(page.text, /It waits for a moderator's approval/)
  const [post] = await posts(forum.db)
  assert.deepEqual(
    [post?.guest_name, post?.member_id, post?.pending_reason, post?.address, post?.position],
    ['Passer By', null, 'posts.waits_for_all', '203.0.113.9', null],
  )
  assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /passing by/)
  await approveAll(forum)
  const seen = await forum.asGuest().get('/topic/1/')
  assert.match(seen.texts('#post-2').join(), /Passer By ?Guest.*Just passing by/)
  assert.equal(seen.has('#post-2 a[href^="/profile/"]'), false)
})

forumOnBothDatabases('so does a new topic, whole', async forum => {
  await letGuestsPost(forum.db)
  const guest = forum.asGuest()
  await guest.get('/forum/3/new-topic')
  const page = await guest.press('Submit Topic', { title: 'A question', body: 'Of a guest', guest_name: 'Passer By' })
  assert.match(page.url, /^\/claim\//)
  assert.match(page.text, /Your post has arrived/)
  assert.doesNotMatch((await forum.asGuest().get('/forum/3/')).text, /A question/)
  await approveAll(forum)
  const list = await forum.asGuest().get('/forum/3/')
  assert.match(list.text, /A question/)
  assert.match((await forum.asGuest().get('/topic/2/')).texts('#post-2').join(), /Passer By ?Guest/)
})

forumOnBothDatabases('where guests may publish at once it appears at once, sent twice but once', async forum => {
  await letGuestsPost(forum.db, true)
  const guest = forum.asGuest()
  const page = await replyAs(guest, 'Passer By', 'Here already')
  assert.match(page.url, /^\/topic\/1-.*#post-2$/)
  assert.match(page.text, /Your post is published\./)
  assert.match((await forum.asGuest().get('/topic/1/')).text, /Here already/)
  assert.match((await replyAs(guest, 'Passer By', 'Here already')).url, /#post-2$/)
  assert.equal((await posts(forum.db)).length, 1)
  await replyAs(guest, 'Somebody else', 'Here already')
  assert.equal((await posts(forum.db)).length, 2)
})

forumOnBothDatabases(
  'nobody takes a member’s name, or one that looks like it, and nothing typed is lost',
  async forum => {
    await letGuestsPost(forum.db)
    await forum.member('Bea Miller')
    const names = {
      'Bea Miller': /A member has this name/,
      'bea miIIer': /A member has this name/,
      'B e a  M i l l e r': /A member has this name/,
      'Веа Miller': /./,
      Admin: /./,
      'The Porch': /./,
      '': /./,
      'x@example.org': /./,
      '‮Bea': /./,
    }
    for (const [name, told] of Object.entries(names)) {
      const page = await replyAs(forum.asGuest(), name, 'What I wrote')
      assert.equal(page.status, 422, name)
      assert.match(page.texts('[role=alert] li').join(), told, name)
      const form = page.form('Submit Reply')
      assert.equal(form.value('body'), 'What I wrote')
      if (name !== '‮Bea') assert.equal(form.value('Your name'), name)
    }
    assert.deepEqual(await posts(forum.db), [])
  },
)

forumOnBothDatabases('the same browser takes such posts over when it registers later', async forum => {
  await letGuestsPost(forum.db, true)
  const guest = forum.asGuest()
  await replyAs(guest, 'Passer By', 'Mine, as you will see')
  assert.doesNotMatch((await guest.get('/')).text, /unpublished|without an account/)
  await guest.get('/register/')
  await guest.press('Register', newcomer('Nora Fields'))
  assert.equal((await posts(forum.db))[0]?.member_id, null)
  assert.match(guest.page.text, /You published 1 post here without an account: make it yours/)
  const claim = await guest.click('make it yours')
  assert.match(claim.text, /Mine, as you will see/)
  assert.equal(claim.headers['cache-control'], 'no-store')
  await guest.press("Make it Nora Fields's")
  assert.match(guest.page.url, /#post-2$/)
  assert.match(guest.page.texts('#post-2').join(), /Nora Fields/)
  const [post] = await posts(forum.db)
  assert.deepEqual([post?.member_id, post?.guest_name], [2, null])
  const nora = await forum.db.selectFrom('members').select('post_count').where('id', '=', 2).executeTakeFirstOrThrow()
  assert.equal(nora.post_count, 1)
  assert.doesNotMatch(guest.page.text, /without an account/)
  assert.deepEqual(heldBy(guest), [])
})

forumOnBothDatabases('a post that waits is taken over on its own page, and its topic with it', async forum => {
  await letGuestsPost(forum.db)
  const guest = forum.asGuest()
  await guest.get('/forum/3/new-topic')
  await guest.press('Submit Topic', { title: 'A question', body: 'Of a guest', guest_name: 'Passer By' })
  const there = await guest.press('Register and make it yours', newcomer('Nora Fields'))
  assert.equal(there.h1, 'A question')
  const topic = await forum.db
    .selectFrom('topics')
    .select(['member_id', 'guest_name'])
    .where('id', '=', 2)
    .executeTakeFirstOrThrow()
  assert.deepEqual(topic, { member_id: 2, guest_name: null })
})

forumOnBothDatabases('nobody else takes it over, and whoever leaves it leaves the post', async forum => {
  await letGuestsPost(forum.db, true)
  const guest = forum.asGuest()
  await replyAs(guest, 'Passer By', 'Not yours')
  const bea = await forum.asMember('Bea')
  assert.doesNotMatch((await bea.get('/')).text, /without an account/)
  assert.equal((await bea.get('/claims/')).count('main section'), 0)
  await guest.get('/claims/')
  await guest.click('main .card a')
  assert.equal((await guest.get(`${guest.page.url}/edit`)).status, 404)
  await guest.get('/claims/')
  await guest.click('main .card a')
  await guest.press('Leave it as it is')
  assert.match(guest.page.text, /The post stays a guest's\./)
  assert.deepEqual(await claims(forum.db), [])
  assert.equal((await posts(forum.db))[0]?.guest_name, 'Passer By')
})

forumOnBothDatabases('from one address so many come a day, and a refusal gives the text back', async forum => {
  await letGuestsPost(forum.db, true)
  await set(forum.db, { claims_per_address: 2 })
  const address = { address: '203.0.113.77' }
  for (const text of ['1', '2']) await replyAs(forum.asGuest(address), 'Passer By', text)
  const refused = await replyAs(forum.asGuest(address), 'Passer By', 'Number three')
  assert.equal(refused.status, 429)
  assert.match(refused.text, /2 posts without an account came today already/)
  const form = refused.form('Submit Reply')
  assert.deepEqual([form.value('body'), form.value('Your name')], ['Number three', 'Passer By'])
  assert.equal((await posts(forum.db)).length, 2)
})

forumOnBothDatabases('a guest’s post with a topic that was locked meanwhile comes back', async forum => {
  await letGuestsPost(forum.db)
  const guest = forum.asGuest()
  await guest.get('/topic/1/')
  const form = guest.page.form('Submit Reply').fill({ body: 'Not lost', guest_name: 'Passer By' })
  await forum.db.updateTable('topics').set({ locked_at: 1 }).execute()
  const page = await form.submit('Submit Reply')
  assert.equal(page.status, 409)
  assert.match(page.html, /Not lost/)
  assert.deepEqual(await claims(forum.db), [])
})
