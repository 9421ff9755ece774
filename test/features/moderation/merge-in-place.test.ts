import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { makeReply, makeTopic } from '../posts/world.ts'

forumOnBothDatabases('Topics are merged in a list, and the old address leads on until that is undone', async room => {
  const { db, ...site } = room
  const forum = await db.selectFrom('forums').selectAll().where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const { id: ann } = await site.member('Ann')
  const [figs, olives] = [await makeTopic(db, forum.id, ann, 'Figs'), await makeTopic(db, forum.id, ann, 'Olives')]
  const reply = await makeReply(db, olives.topicId, ann, { html: '<p>Press them cold</p>', text: 'Press them cold' })
  const [guest, minos] = [site.asGuest(), await site.asMember('Minos', { group: 'Moderators' })]
  const [old, kept] = [`/topic/${olives.topicId}-olives/`, `/topic/${figs.topicId}-figs/`]
  assert.match((await guest.get(old)).text, /Press them cold/)

  const list = `/forum/${forum.id}-${forum.slug}/`
  await minos.get(list)
  const chosen = [figs, olives].map(({ topicId }) => String(topicId))
  const form = await minos.press('Go', { act: 'merge', topic: chosen })
  assert.match(form.text, /Merge 2 topics/)
  const merged = await minos.press('Merge topics', { keep: String(figs.topicId), reason: 'Both are fruit' })
  assert.equal(merged.url, list)
  assert.match(merged.text, /The topic was merged\./)
  assert.equal((await guest.get(old)).url, kept)
  assert.match(guest.page.text, /Press them cold/)
  const asked = await guest.get(`/topic/${olives.topicId}/?do=findComment&comment=${reply.id}`)
  assert.equal(asked.url.split('#')[0], kept)
  assert.doesNotMatch((await guest.get(list)).text, /Olives/)

  const ben = await site.asMember('Ben')
  const answer = await ben.post(`/topic/${olives.topicId}/reply`, { body: 'So I do' })
  assert.match(answer.text, /So I do/, 'what somebody was writing meanwhile goes where the posts are')
  assert.match((await minos.get('/modcp/log/')).text, new RegExp(`Merged a topic by Ann into topic #${figs.topicId}`))
  await minos.get(list)
  assert.match((await minos.press('Undo')).text, /That was undone\./)
  assert.equal((await guest.get(old)).url, old)
  assert.match((await guest.get(kept)).text, /So I do/)
})

forumOnBothDatabases('A post is split off by a form that keeps what was typed', async ({ db, ...site }) => {
  const forum = await db.selectFrom('forums').selectAll().where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const { id: ann } = await site.member('Ann')
  const { topicId } = await makeTopic(db, forum.id, ann, 'Figs')
  const reply = await makeReply(db, topicId, ann, { html: '<p>On olives</p>', text: 'On olives' })
  const minos = await site.asMember('Minos', { group: 'Moderators' })
  await minos.get(`/topic/${topicId}-figs/`)
  await minos.press('Go', { act: 'split', post: [String(reply.id)] })
  const fields = { scope: 'these', title: '', forum: String(forum.id), into: '', reason: 'Off the subject' }
  const refused = await minos.press('Split off', fields)
  assert.equal(refused.status, 422)
  assert.match(refused.text, /Enter a title\.[\s\S]*Off the subject/)
  assert.match((await minos.press('Split off', { ...fields, title: 'Olives' })).text, /The post was split off\./)
  assert.match((await site.asGuest().get(`/post/${reply.id}`)).url, /^\/topic\/\d+-olives\//)
  await minos.get(`/topic/${topicId}-figs/`)
  await minos.press('Edit title')
  const unseen = await minos.press('Edit title', { title: '\u200b\u2060', reason: '' })
  assert.equal(unseen.status, 422, 'nobody could press a link that shows nothing')
  const renamed = await minos.press('Edit title', { title: 'Figs and\t\u202emore', reason: '' })
  assert.match(renamed.text, /The topic has another title\./)
  assert.equal((await site.asGuest().get(`/topic/${topicId}-figs/`)).url, `/topic/${topicId}-figs-and-more/`)
  const { title } = await db.selectFrom('topics').select('title').where('id', '=', topicId).executeTakeFirstOrThrow()
  assert.equal(title, 'Figs and more')
})
