import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { claims, itsForum, posts, reply, startTopic } from './guests.ts'

forumOnBothDatabases(
  'moderators see what nobody has taken in a list of its own, and cannot approve it',
  async forum => {
    const guest = forum.asGuest()
    const page = await reply(guest, 'A reply that nobody took')
    await startTopic(guest, 4, 'A topic that nobody took', 'Its text')
    const moderator = await forum.asMember('Mia', { group: 'Moderators' })
    const list = await moderator.get('/modcp/claims/')
    assert.match(list.text, /A reply that nobody took/)
    assert.match(list.text, /A topic that nobody took/)
    assert.doesNotMatch(list.html, /\/claim\/|value="approve"/)
    assert.doesNotMatch((await moderator.get('/modcp/queue/')).text, /nobody took/)
    const [claim] = await claims(forum.db)
    for (const act of ['approve', 'unhide', 'restore', 'hide', 'delete', 'reject']) {
      await moderator.post('/moderate/', { act, claim: String(claim?.id), reason: '' })
    }
    assert.deepEqual(await posts(forum.db), [])
    assert.equal((await forum.asGuest().get(page.url)).status, 200)
    for (const outsider of [forum.asGuest(), await forum.asMember('Bea')]) {
      assert.equal((await outsider.get('/modcp/claims/')).status, 404)
      await outsider.post('/moderate/', { act: 'discard', claim: String(claim?.id), reason: '' })
    }
    assert.equal((await claims(forum.db)).length, 2)
  },
)

forumOnBothDatabases('moderators discard it, text, address and secrets', async forum => {
  const page = await reply(forum.asGuest(), 'Buy cheap things')
  const moderator = await forum.asMember('Mia', { group: 'Moderators' })
  const [claim] = await claims(forum.db)
  await moderator.post('/moderate/', { act: 'discard', claim: String(claim?.id), reason: 'Advertising' })
  assert.deepEqual(await claims(forum.db), [])
  assert.deepEqual(await forum.db.selectFrom('claim_secrets').selectAll().execute(), [])
  assert.equal((await forum.asGuest().get(page.url)).status, 404)
  const log = await forum.db.selectFrom('moderation_log').selectAll().execute()
  assert.deepEqual(
    log.map(({ act, reason }) => [act, reason]),
    [['discard', 'Advertising']],
  )
  assert.doesNotMatch(JSON.stringify(log), /cheap/)
})

forumOnBothDatabases(
  'moderators of one forum see the claims of that forum only, wherever its topics go',
  async forum => {
    const place = await itsForum(forum.db)
    const person = await forum.member('Mia')
    await forum.db
      .insertInto('moderators')
      .values({ member_id: person.id, group_id: null, forum_id: place, acts: '["hide"]' })
      .execute()
    await forum.db
      .updateTable('revisions')
      .set(eb => ({ permissions: eb('permissions', '+', 1) }))
      .execute()
    const moderator = await forum.asMember('Mia')
    await reply(forum.asGuest(), 'In her forum')
    await startTopic(forum.asGuest(), 4, 'Elsewhere', 'Not hers')
    const list = await moderator.get('/modcp/claims/')
    assert.match(list.text, /In her forum/)
    assert.doesNotMatch(list.text, /Elsewhere|Not hers/)
    const [claim, other] = await claims(forum.db)
    for (const one of [claim, other])
      await moderator.post('/moderate/', { act: 'discard', claim: String(one?.id), reason: '' })
    assert.equal((await claims(forum.db)).length, 2)
    const admin = await forum.asAdmin()
    await admin.post('/moderate/', { act: 'move', topic: '1', forum: '4', reason: '' })
    assert.doesNotMatch((await moderator.get('/modcp/claims/')).text, /In her forum/)
  },
)
