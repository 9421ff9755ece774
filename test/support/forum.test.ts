import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forumOnBothDatabases, openPage, testForum } from './index.ts'

forumOnBothDatabases(
  'A whole forum is there with what it comes with, a guest, a member and its administrator',
  async forum => {
    const guest = forum.asGuest()
    const index = await guest.get('/')
    assert.equal(index.status, 200)
    assert.match(index.title, /The Porch/)
    const member = await forum.asMember('Bea')
    assert.match((await member.get('/')).text, /Bea/)
    const admin = await forum.asAdmin()
    assert.equal((await admin.get('/admin/')).status, 200)
    assert.equal((await member.get('/admin/')).status, 404)
    await forum.runJobs()
  },
)

test('A moderator is a member of that group', async t => {
  const forum = await testForum(t)
  const moderator = await forum.asMember('Mia', { group: 'Moderators' })
  assert.equal((await moderator.get('/modcp/')).status, 200)
  assert.equal((await forum.member('Mia')).name, 'Mia')
})

test('A real browser opens the same forum', async t => {
  const forum = await testForum(t)
  const page = await openPage(t)
  await page.goto(forum.url)
  assert.match(await page.title(), /The Porch/)
})
