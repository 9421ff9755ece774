import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { makeReply, makeTopic } from '../posts/world.ts'

forumOnBothDatabases('What a moderator does on a page, guests see at once', async ({ db, ...site }) => {
  const forum = await db.selectFrom('forums').selectAll().where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const { id: ann } = await site.member('Ann')
  const { topicId } = await makeTopic(db, forum.id, ann, 'About figs')
  const reply = await makeReply(db, topicId, ann, { html: '<p>Buy figs here</p>', text: 'Buy figs here' })
  await makeReply(db, topicId, ann, { html: '<p>Water them</p>', text: 'Water them' })
  const guest = site.asGuest()
  const page = `/topic/${topicId}-about-figs/`
  assert.match((await guest.get(page)).text, /Buy figs here/)

  const minos = await site.asMember('Minos', { group: 'Moderators' })
  await minos.get(page)
  await minos.press('Go', { act: 'hide', post: [String(reply.id)] })
  const after = await minos.press('Hide', { reason: 'Advertising' })
  assert.equal(after.url, page)
  assert.match(after.text, /The post was hidden\./)
  assert.match(after.text, /Buy figs here/, 'the staff still see it')
  assert.doesNotMatch((await guest.get(page)).text, /Buy figs here/)
  assert.match((await minos.press('Undo')).text, /That was undone\./)
  assert.match((await guest.get(page)).text, /Buy figs here/)

  await minos.press('Go', { act: 'recommend', post: [String(reply.id)] })
  await minos.press('Recommend', { note: 'Cheap ones' })
  assert.match((await guest.get(page)).text, /Recommended Posts[\s\S]*Cheap ones/)
})

forumOnBothDatabases('Topics are checked in a forum and handled together', async ({ db, ...site }) => {
  const forum = await db.selectFrom('forums').selectAll().where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const { id: ann } = await site.member('Ann')
  const topics = [await makeTopic(db, forum.id, ann, 'Figs'), await makeTopic(db, forum.id, ann, 'Olives')]
  const path = `/forum/${forum.id}-${forum.slug}/`
  const [guest, minos] = [site.asGuest(), await site.asMember('Minos', { group: 'Moderators' })]
  await guest.get(path)
  await minos.get(path)
  const locked = await minos.press('Go', { act: 'lock', topic: topics.map(({ topicId }) => String(topicId)) })
  assert.equal(locked.url, path)
  assert.match(locked.text, /2 topics were locked\./)
  assert.equal((await guest.get(path)).texts('.badge').filter(badge => badge === 'Locked').length, 2)
  await minos.press('Undo')
  assert.equal((await guest.get(path)).texts('.badge').filter(badge => badge === 'Locked').length, 0)
  assert.match((await minos.press('Go')).text, /Choose what to do/)
})

forumOnBothDatabases('An author reads in the topic why something was not accepted', async ({ db, ...site }) => {
  const forum = await db.selectFrom('forums').selectAll().where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const ben = await site.asMember('Ben')
  const { id: ann } = await site.member('Ann')
  const { topicId } = await makeTopic(db, forum.id, ann, 'Figs')
  await ben.get(`/topic/${topicId}-figs/`)
  await ben.press('Submit Reply', { body: 'See https://figs.example/ for more' })
  const minos = await site.asMember('Minos', { group: 'Moderators' })
  const queue = await minos.get('/modcp/queue/')
  assert.match(queue.text, /Reply in Figs/)
  await minos.press('Reject')
  await minos.press('Reject', { reason: 'No shops, please' })
  const told = await ben.get(`/topic/${topicId}-figs/`)
  assert.match(told.text, /A moderator did not accept your post: No shops, please/)
  assert.match(told.text, /figs\.example/)
  assert.doesNotMatch((await site.asGuest().get(`/topic/${topicId}-figs/`)).text, /figs\.example|No shops/)
  await minos.get('/modcp/log/')
  await minos.press('Undo')
  assert.doesNotMatch((await ben.get(`/topic/${topicId}-figs/`)).text, /No shops/)
  await minos.get('/modcp/queue/')
  await minos.press('Approve')
  assert.match((await site.asGuest().get(`/topic/${topicId}-figs/`)).text, /figs\.example/)
})
