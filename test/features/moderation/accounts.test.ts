import assert from 'node:assert/strict'
import { sightings } from '../../../src/features/moderation/queries/network.ts'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeReply, makeTopic } from '../posts/world.ts'

const quoteOf = (postId: number, name: string) =>
  `<blockquote class="quote" data-post="${postId}"><header><a href="/post/${postId}">${name} wrote:</a></header><p>Figs</p></blockquote>`

/** A topic by Ann, in which Bea quotes and mentions her. */
async function begin(site: TestForum) {
  const { db } = site
  const forum = await db.selectFrom('forums').select('id').where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const [ann, bea, cleo] = [await site.member('Ann'), await site.member('Bea'), await site.member('Cleo')]
  const { topicId, postId } = await makeTopic(db, forum.id, ann.id, 'Figs')
  const html = `${quoteOf(postId, 'Ann')}<p><a class="mention" href="/profile/${ann.id}">@Ann</a> no</p>`
  const answer = await makeReply(db, topicId, bea.id, { html, text: '@Ann no', quotes: [postId] })
  await db.updateTable('posts').set({ address: '198.51.100.8' }).where('id', '=', postId).execute()
  await db
    .insertInto('follows')
    .values({ member_id: ann.id, topic_id: topicId, created_at: 5, mailed_at: null })
    .execute()
  const said = async () =>
    (await db.selectFrom('posts').select('html').where('id', '=', answer.id).executeTakeFirst())?.html
  return { topicId, postId, ann, bea, cleo, said }
}

forumOnBothDatabases('An administrator gives a topic to another member, and takes that back', async site => {
  const { db } = site
  const { topicId, postId, ann, cleo, said } = await begin(site)
  const path = `/topic/${topicId}-figs/`
  const form = { act: 'change_author', topic: String(topicId) }
  const outsiders = [site.asGuest(), await site.asMember('Ann'), await site.asMember('Minos', { group: 'Moderators' })]
  for (const outsider of outsiders)
    assert.equal((await outsider.post('/moderate/', { ...form, author: 'Cleo', reason: '' })).status, 403)

  const admin = await site.asAdmin()
  assert.match((await admin.post('/moderate/', form)).text, /New author/)
  for (const author of ['', 'Nobody at all', '#99999']) {
    const refused = await admin.post('/moderate/', { ...form, author, reason: '' })
    assert.equal(refused.status, 422, author)
  }
  const peer = await site.member('Ajax', { group: 'Administrators' })
  assert.equal((await admin.post('/moderate/', { ...form, author: `#${peer.id}`, reason: '' })).status, 422)
  await admin.post('/moderate/', { ...form, author: 'cleo', reason: 'It was hers', return: path })
  await site.runJobs()
  assert.match((await site.asGuest().get(path)).text, /Cleo/)
  assert.match((await said()) ?? '', /Cleo wrote:/)
  assert.match((await said()) ?? '', /@Ann/)
  const follows = await db.selectFrom('follows').select('member_id').where('topic_id', '=', topicId).execute()
  assert.deepEqual(follows.map(one => one.member_id).sort(), [ann.id, cleo.id].sort())
  assert.deepEqual(await sightings(db, { beginning: '198.51.100.8' }), [])
  await assertSound(db)

  await admin.get('/modcp/log/')
  assert.match((await admin.press('Undo')).text, /That was undone/)
  await site.runJobs()
  assert.match((await said()) ?? '', /Ann wrote:/)
  const topic = await db.selectFrom('topics').select('member_id').where('id', '=', topicId).executeTakeFirst()
  assert.equal(topic?.member_id, ann.id)
  assert.equal((await sightings(db, { beginning: '198.51.100.8' }))[0]?.memberId, ann.id)
  assert.equal((await db.selectFrom('follows').select('topic_id').where('member_id', '=', cleo.id).execute()).length, 0)
  assert.equal(
    (await db.selectFrom('posts').select('reassigned_at').where('id', '=', postId).executeTakeFirst())?.reassigned_at,
    null,
  )
  await assertSound(db)
})

forumOnBothDatabases('An administrator renames a member, and closes and opens an account', async site => {
  const { db } = site
  const { ann, bea, said } = await begin(site)
  const anns = await site.asMember('Ann')
  const admin = await site.asAdmin()
  const there = `/profile/${ann.id}-ann/`
  assert.match((await admin.get(there)).text, /Rename member[\s\S]*Close account/)
  const renaming = { act: 'rename', member: String(ann.id), reason: '', return: there }
  for (const outsider of [site.asGuest(), await site.asMember('Minos', { group: 'Moderators' })])
    assert.equal((await outsider.post('/moderate/', { ...renaming, name: 'Dora' })).status, 403)
  for (const name of ['', 'B e a', 'admin', 'x', 'www.figs.example'])
    assert.equal((await admin.post('/moderate/', { ...renaming, name })).status, 422, name)
  await admin.post('/moderate/', { ...renaming, name: ' Anna  Karenina ' })
  await site.runJobs()
  assert.match((await said()) ?? '', /Anna Karenina wrote:[\s\S]*@Anna Karenina/)
  assert.match((await site.asGuest().get(there)).text, /Anna Karenina/)
  assert.match((await anns.get('/')).text, /another display name: Anna Karenina/)
  const again = site.asGuest()
  await site.signIn(again, { ...ann, name: 'Ann' })
  const taken = await admin.post('/moderate/', { ...renaming, member: String(bea.id), name: 'aNN' })
  assert.equal(taken.status, 422)
  assert.match((await admin.get(`/modcp/members/${ann.id}/`)).text, /Called before[\s\S]*Ann/)
  await admin.post('/moderate/', { ...renaming, name: 'Ann' })
  await admin.post('/moderate/', { ...renaming, name: 'Dora' })
  const entries = await db.selectFrom('moderation_log').select('id').where('act', '=', 'rename').orderBy('id').execute()
  const undo = (at: number) => admin.post('/modcp/undo/', { entry: String(entries[at]?.id), return: there })
  assert.match((await undo(0)).text, /renamed them after that/)
  for (const at of [2, 1, 0]) assert.match((await undo(at)).text, /That was undone/, String(at))
  await site.runJobs()
  assert.match((await said()) ?? '', /Ann wrote:[\s\S]*@Ann</)
  assert.doesNotMatch((await anns.get('/')).text, /another display name/)

  const closing = { act: 'close_account', member: String(ann.id), reason: 'As agreed', return: there }
  assert.equal((await (await site.asMember('Minos')).post('/moderate/', closing)).status, 403)
  for (const self of [site.admin.id, (await site.member('Ajax', { group: 'Administrators' })).id])
    assert.equal((await admin.post('/moderate/', { ...closing, member: String(self) })).status, 403)
  await admin.post('/moderate/', closing)
  assert.doesNotMatch((await anns.get('/')).text, /Sign Out/)
  const guest = site.asGuest()
  assert.match((await guest.get(there)).text, /This account was closed/)
  const refused = await guest.post('/login/', { login: 'Ann', password: ann.password })
  assert.match(refused.text, /This account was closed/)
  const wrong = await guest.post('/login/', { login: 'Ann', password: 'not hers' })
  assert.doesNotMatch(wrong.text, /was closed/)
  await admin.get(there)
  assert.match((await admin.press('Undo')).text, /That was undone/)
  const back = site.asGuest()
  await site.signIn(back, ann)
  assert.match((await back.get('/')).text, /Sign Out/)
  await assertSound(db)
})
