import assert from 'node:assert/strict'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../support/index.ts'

const nora = {
  'Display Name': 'Nora Fields',
  'Email Address': 'nora@example.org',
  Password: 'seven walruses in the attic',
  terms: true,
}
const otto = {
  'Display Name': 'Otto Hill',
  'Email Address': 'otto@example.org',
  Password: 'eight walruses in the cellar',
  terms: true,
}

forumOnBothDatabases('a guest reads, writes, registers and stays; the moderators handle what came in', async forum => {
  const guest = forum.asGuest()
  await readsAlong(guest)
  await writesAndRegisters(guest)
  await startsTopic(guest)
  await leavesAdvertising(forum)
  await moderatorsHandleIt(forum)
  await guest.get('/')
  await guest.click('What do you grow?')
  assert.match(guest.page.text, /Tomatoes, since you ask/)
})

/** From the index through a forum to a topic, each a page that says where it is. */
async function readsAlong(guest: Visitor): Promise<void> {
  const index = await guest.get('/')
  assert.equal(index.link('Jump to content'), '#content')
  assert.match(index.text, /Community\n[\s\S]*General discussion/)
  const list = await guest.click('General discussion')
  assert.equal(list.h1, 'General discussion')
  const topic = await guest.click('Welcome! You can reply before you register')
  assert.equal(topic.h1, 'Welcome! You can reply before you register')
  assert.equal(topic.texts('#reply h2').join(), 'Join the conversation')
  assert.match(
    topic.text,
    /You can post now and register later\. If you have an account, sign in now to post with your account\./,
  )
  assert.deepEqual(guest.cookies(), {})
}

/** The text goes before the name: through a look at it, a mistake and a change of mind to its place in the topic. */
async function writesAndRegisters(guest: Visitor): Promise<void> {
  const body = 'Good evening.\n\nI grow **tomatoes** on a balcony — “the warm side”, as we say.'
  const preview = await guest.press('Preview', { body })
  assert.match(preview.texts('#preview').join(), /I grow tomatoes on a balcony — “the warm side”, as we say\./)
  const claim = await guest.press('Submit Reply')
  assert.match(claim.url, /^\/claim\/[\w-]{43}$/)
  await guest.get('/')
  assert.match(guest.page.text, /You have 1 unpublished post: continue/)
  await guest.click('continue')
  const wrong = await guest.press('Register and publish', { ...nora, Password: 'tomatoes' })
  assert.match(wrong.text, /I grow tomatoes on a balcony/)
  const there = await guest.press('Register and publish', { Password: nora.Password })
  assert.equal(there.h1, 'Welcome! You can reply before you register')
  const [, post = ''] = /#(post-\d+)$/.exec(there.url) ?? []
  assert.match(there.texts(`#${post}`).join(), /Nora Fields.*Good evening\. I grow tomatoes on a balcony/)
  assert.doesNotMatch(there.text, /unpublished/)
}

/** Signed in from here on. */
async function startsTopic(nora: Visitor): Promise<void> {
  await nora.click('Topic')
  assert.match(nora.page.text, /General discussion/)
  await nora.click('General discussion')
  const topic = await nora.press('Submit Topic', { title: 'What do you grow?', body: 'Tomatoes, since you ask.' })
  assert.equal(topic.h1, 'What do you grow?')
  const edited = await nora.get(`${topic.attribute('a.permalink', 'href')}/edit`)
  assert.equal(edited.form('Save').value('body'), 'Tomatoes, since you ask.')
}

/** One registers with a link in the first post, which waits; another leaves a text and never comes back. */
async function leavesAdvertising(forum: TestForum): Promise<void> {
  const registers = forum.asGuest()
  await registers.get('/')
  await registers.click('What do you grow?')
  await registers.press('Submit Reply', { body: 'Seeds of all kinds: https://seeds.example.com' })
  const waits = await registers.press('Register and publish', otto)
  assert.match(waits.text, /Awaiting approval/)
  const leaves = forum.asGuest()
  await leaves.get('/topic/1/')
  await leaves.press('Submit Reply', { body: 'Buy cheap seeds!' })
}

/** A moderator approves the one and discards the other; the administrator hides something and takes that back. */
async function moderatorsHandleIt(forum: TestForum): Promise<void> {
  const moderator = await forum.asMember('Mia', { group: 'Moderators' })
  await moderator.get('/')
  await moderator.click('a[href="/modcp/"]')
  await moderator.click('a[href="/modcp/queue/"]')
  assert.match(moderator.page.text, /Seeds of all kinds/)
  await moderator.page.form('article [name=act][value=approve]').submit()
  assert.match((await forum.asGuest().get('/topic/2/')).text, /Seeds of all kinds/)
  await moderator.click('a[href="/modcp/claims/"]')
  assert.match(moderator.page.text, /Buy cheap seeds!/)
  await moderator.page.form('article [name=act][value=discard]').submit()
  await moderator.page.form('main form [name=reason]').fill({ reason: 'Advertising' }).submit()
  assert.equal((await forum.db.selectFrom('claims').selectAll().where('taken_at', 'is', null).execute()).length, 0)
  const admin = await forum.asAdmin()
  await admin.get('/topic/2/')
  await admin.page.form('.head [name=act][value=hide]').submit()
  await admin.page.form('main form [name=reason]').submit()
  assert.equal((await forum.asGuest().get('/topic/2/')).status, 404)
  await admin.press('Undo')
  assert.equal((await forum.asGuest().get('/topic/2/')).status, 200)
  const log = await admin.get('/modcp/log/')
  assert.match(log.text, /Mia[\s\S]*Ada|Ada[\s\S]*Mia/)
}
