import assert from 'node:assert/strict'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, makeReply, postRow, setVerb, topicRow } from '../posts/world.ts'
import { appoint, closeForum } from '../topics/world.ts'
import { makeCourt, makeEdit, makeTalk, post, press, topic } from './court.ts'
import { staffRoom } from './staff-room.ts'

const handled = 'It had been handled already and stayed as it was.'

onBothDatabases('Outsiders find no moderators’ pages', async ({ db, t }) => {
  const { ids } = await makeCourt(db)
  const { visit } = await staffRoom(t, db)
  for (const visitor of [visit(null), visit(ids.ann)]) {
    for (const path of ['', 'queue/', 'log/', 'hidden/', 'deleted/'])
      assert.equal((await visitor.get(`/modcp/${path}`)).status, 404)
    assert.equal((await visitor.post('/modcp/undo/', { entry: '1' })).status, 404)
  }
})

onBothDatabases(
  'A moderator hides a post from its menu, says why, and takes it back from the notice',
  async ({ db, t }) => {
    const { forum, ids } = await makeCourt(db)
    const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben])
    const [reply = 0] = replies
    const minos = (await staffRoom(t, db)).visit(ids.moderator)
    await minos.get(`/post/${reply}`)
    const asked = await minos.press('Hide')
    assert.equal(asked.h1, 'Hide this post')
    assert.match(asked.title, /^Hide this post/)
    assert.equal((await postRow(db, reply)).hidden_at, null, 'nothing is done before it is asked')
    const after = await minos.press('Hide', { reason: 'Off topic' })
    assert.equal(after.url, `/post/${reply}`)
    assert.match(after.text, /The post was hidden\./)
    assert.notEqual((await postRow(db, reply)).hidden_at, null)

    assert.match((await minos.get(`/topic/${topicId}`)).text, /The post was hidden\./, 'the notice stays')
    const undone = await minos.press('Undo')
    assert.equal(undone.url, `/post/${reply}`)
    assert.match(undone.text, /That was undone\./)
    assert.doesNotMatch(undone.text, /The post was hidden\./)
    assert.equal((await postRow(db, reply)).hidden_at, null)
  },
)

onBothDatabases(
  'A menu holds what can be done in this state, and a form sent twice does it once',
  async ({ db, t }) => {
    const { forum, ids } = await makeCourt(db)
    const { topicId } = await makeTalk(db, forum, ids.ann, [])
    const minos = (await staffRoom(t, db)).visit(ids.moderator)
    assert.deepEqual((await minos.get(`/topic/${topicId}`)).texts('main .menu-item'), [
      'Feature',
      'Pin',
      'Pin until…',
      'Lock',
      'Edit title',
      'Set prefix',
      'Move',
      'Merge topics',
      'Hold for approval',
      'Hide',
      'Delete',
    ])
    const fields = { act: 'lock', topic: String(topicId), return: `/topic/${topicId}` }
    assert.match((await minos.post('/moderate/', fields)).text, /The topic was locked\./)
    const again = await minos.post('/moderate/', fields)
    assert.match(again.text, /It had been handled already and stayed as it was\./)
    assert.deepEqual(minos.redirects, [{ status: 303, to: `/topic/${topicId}` }])
    assert.ok((await minos.get(`/topic/${topicId}`)).texts('.menu-item').includes('Unlock'))
  },
)

onBothDatabases('Several topics at once are handled together, and what stayed is said', async ({ db, t }) => {
  const { forum, ids } = await makeCourt(db)
  const topics = [
    (await makeTalk(db, forum, ids.ann, [])).topicId,
    (await makeTalk(db, forum, ids.admin, [])).topicId,
    (await makeTalk(db, forum, null, [])).topicId,
  ]
  const minos = (await staffRoom(t, db)).visit(ids.moderator)
  const page = await minos.post('/moderate/', { act: 'lock', topic: topics.map(String) })
  assert.match(page.text, /2 topics were locked\./)
  assert.match(page.text, /One of them is not yours to act on/)
  assert.match((await minos.post('/moderate/', { act: 'lock' })).text, /Nothing was checked/)
})

onBothDatabases('Acts refuse what nobody may do or see', async ({ db, t }) => {
  const { forum, other, ids } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [])
  const hidden = await makeTalk(db, other, ids.ann, [])
  await closeForum(db, other)
  const { visit } = await staffRoom(t, db)
  const act = { act: 'lock', topic: String(topicId) }
  assert.equal((await visit(null).post('/moderate/', act)).status, 403)
  assert.equal((await visit(ids.ben).post('/moderate/', act)).status, 403)
  assert.equal((await visit(ids.ben).get(`/moderate/?act=move&topic=${topicId}`)).status, 403)
  assert.equal((await visit(ids.ben).post('/moderate/', { act: 'lock', topic: String(hidden.topicId) })).status, 404)
  const minos = visit(ids.moderator)
  assert.equal((await minos.post('/moderate/', { act: 'burn', topic: String(topicId) })).status, 404)
  assert.equal((await minos.post('/moderate/', { act: 'lock', topic: '99999' })).status, 404)
  assert.equal((await minos.get('/moderate/?act=hide&topic=abc')).status, 404)
  assert.equal((await minos.post('/modcp/undo/', { entry: '99999' })).status, 404)
  await minos.post('/moderate/', { ...act, return: '//evil.example/' })
  assert.equal(minos.redirects[0]?.to, '/')
})

onBothDatabases('A topic is moved by a form that keeps what was typed', async ({ db, t }) => {
  const { forum, other, ids } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const minos = (await staffRoom(t, db)).visit(ids.moderator)
  await minos.get(`/topic/${topicId}`)
  await minos.press('Move')
  const refused = await minos.press('Move', { reason: 'It belongs there' })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /Choose a forum in which you may start topics\./)
  assert.equal(refused.form('Move').value('reason'), 'It belongs there')
  const moved = await minos.press('Move', { forum: String(other) })
  assert.match(moved.text, /The topic was moved\./)
  assert.equal((await topicRow(db, topicId)).forum_id, other)
  const log = await minos.get('/modcp/log/')
  assert.match(log.text, /Moved a topic by Ann from Forum 1 to Forum 2/)
  assert.match(log.text, /It belongs there/)
  assert.match((await minos.press('Undo')).text, /That was undone\./)
  assert.equal((await topicRow(db, topicId)).forum_id, forum)
})

onBothDatabases('The queue shows what waits and why, and settles it one by one or together', async ({ db, t }) => {
  const { forum, other, ids } = await makeCourt(db)
  const { topicId, postId } = await makeTalk(db, forum, ids.ann, [])
  const why = { pendingReason: 'posts.waits_first_link' }
  const [one, two, three] = [
    await makeReply(db, topicId, ids.ben, why),
    await makeReply(db, topicId, ids.ben, why),
    await makeReply(db, (await makeTalk(db, other, ids.ann, [])).topicId, ids.ben, why),
  ]
  await makeEdit(db, postId, ids.ann, 'Words <a href="https://wise.example/">of wisdom</a>')
  const { visit } = await staffRoom(t, db)
  const minos = visit(ids.moderator)
  const queue = await minos.get('/modcp/queue/')
  assert.equal(queue.count('article.waiting'), 4)
  assert.deepEqual(queue.texts('ins'), ['[of wisdom](https://wise.example/)'])
  assert.match(queue.text, /Moderation 4/)

  const settled = await minos.post('/moderate/', {
    act: 'approve',
    post: [String(one.id), String(two.id)],
    edit: String(postId),
    return: '/modcp/queue/',
  })
  assert.match(settled.text, /3 items were approved\./)
  assert.equal(settled.count('article.waiting'), 1)
  assert.match((await postRow(db, postId)).html, /of wisdom/)
  await minos.press('Reject')
  await minos.press('Reject', { reason: 'Advertising' })
  assert.equal((await postRow(db, three.id)).pending_reason, 'topics.rejected')
  assert.match((await minos.get('/modcp/queue/')).text, /Nothing is waiting/)

  const local = await makeMember(db, 'Local')
  await appoint(db, local, other)
  assert.equal((await visit(local).get('/modcp/queue/')).count('article.waiting'), 0)
})

onBothDatabases('A moderator of one forum finds only its matters', async ({ db, t }) => {
  const { forum, other, ids, admin, moderator } = await makeCourt(db)
  const [mine, theirs] = [await makeTalk(db, forum, ids.ann, [ids.ben]), await makeTalk(db, other, ids.ann, [ids.ben])]
  for (const talk of [mine, theirs]) {
    await press(db, moderator, 'hide', talk.replies.map(post))
    await press(db, admin, 'lock', [topic(talk.topicId)])
    await makeReply(db, talk.topicId, ids.ben, { pendingReason: 'posts.waits_for_all' })
  }
  const local = await makeMember(db, 'Local', 'Moderators')
  await db.deleteFrom('moderators').execute()
  await appoint(db, local, forum)
  await appoint(db, ids.moderator, 0)
  const { visit } = await staffRoom(t, db)
  const [here, everywhere] = [visit(local), visit(ids.moderator)]
  assert.equal((await here.get('/modcp/queue/')).count('article.waiting'), 1)
  assert.equal((await everywhere.get('/modcp/queue/')).count('article.waiting'), 2)
  assert.equal((await here.get('/modcp/hidden/')).count('li.record'), 1)
  assert.equal((await everywhere.get('/modcp/hidden/')).count('li.record'), 2)
  assert.equal((await everywhere.get('/modcp/log/')).count('li.record'), 2, 'not what administrators did')
  assert.equal((await here.get('/modcp/log/')).count('li.record'), 0, 'nor what a peer did')
  await setVerb(db, forum, 'Moderators', 'read', false)
  assert.equal((await here.get('/modcp/')).status, 404)
})

onBothDatabases('The log is narrowed by moderator, act and forum, and pages on', async ({ db, t }) => {
  const { forum, other, ids, moderator, admin } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [])
  const away = await makeTalk(db, other, ids.ann, [])
  for (let n = 0; n < 26; n++) {
    await press(db, moderator, 'lock', [topic(topicId)])
    await press(db, moderator, 'unlock', [topic(topicId)])
  }
  await press(db, admin, 'pin', [topic(away.topicId)])
  const agatha = (await staffRoom(t, db)).visit(ids.admin)
  const rows = async (query: string) => (await agatha.get(`/modcp/log/${query}`)).count('li.record')
  assert.equal(await rows(''), 50)
  assert.equal(await rows('?page=2'), 3)
  assert.equal(await rows(`?by=${ids.admin}`), 1)
  assert.equal(await rows('?act=unlock'), 26)
  assert.equal(await rows(`?forum=${other}`), 1)
  assert.equal(await rows('?act=unlock&by=abc&forum=-3'), 26)
  assert.equal((await agatha.get('/modcp/log/?page=99')).url, '/modcp/log/?page=2')
  for (const bad of ['0', 'abc', '-1']) assert.equal((await agatha.get(`/modcp/log/?page=${bad}`)).status, 404)
  await agatha.get('/modcp/log/')
  const narrowed = await agatha.press('Filter', { Act: 'Pin' })
  assert.equal(narrowed.count('li.record'), 1)
})

onBothDatabases('Several acts are undone together from the log', async ({ db, t }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.ben])
  await press(db, moderator, 'delete', replies.map(post))
  await press(db, moderator, 'lock', [topic(topicId)])
  const minos = (await staffRoom(t, db)).visit(ids.moderator)
  await minos.get('/modcp/log/')
  const entries = (await db.selectFrom('moderation_log').select('id').execute()).map(({ id }) => String(id))
  const page = await minos.post('/modcp/undo/', { entry: entries, return: '/modcp/log/' })
  assert.match(page.text, /3 acts were undone\./)
  assert.equal((page.text.match(/Undone by Minos/g) ?? []).length, 3)
})

onBothDatabases(
  'What guests have not published is listed for the staff, who can discard it and nothing else',
  async given => {
    const { db, t } = given
    const { forum, other, ids } = await makeCourt(db)
    const { topicId } = await makeTalk(db, forum, ids.ann, [])
    const claim = { post_id: null, fingerprint: '', address: null, created_at: 1, expires_at: Date.now() + 60_000 }
    const typed = { format: 'markdown' as const, body: 'Buy this', html: '<p>Buy this</p>', text: 'Buy this' }
    const rows = await db
      .insertInto('claims')
      .values([
        { ...claim, ...typed, kind: 'reply', forum_id: forum, topic_id: topicId, title: null },
        { ...claim, ...typed, kind: 'topic', forum_id: other, topic_id: null, title: 'An offer' },
      ])
      .returning('id')
      .execute()
    const local = await makeMember(db, 'Local')
    await appoint(db, local, forum)
    const { visit } = await staffRoom(t, db)
    const here = visit(local)
    const list = await here.get('/modcp/claims/')
    assert.deepEqual(list.texts('article h2'), ['Reply in A topic'])
    assert.deepEqual(list.texts('article .acts button'), ['Discard'])
    assert.equal(
      (await here.post('/moderate/', { act: 'discard', claim: String(rows[1]?.id), reason: '' })).status,
      404,
    )
    assert.equal((await visit(ids.ann).post('/moderate/', { act: 'discard', claim: String(rows[0]?.id) })).status, 404)

    const minos = visit(ids.moderator)
    await minos.get('/modcp/claims/')
    const asked = await minos.post('/moderate/', { act: 'discard', claim: rows.map(({ id }) => String(id)) })
    assert.match(asked.text, /nothing brings it back/)
    assert.equal(asked.h1, 'Discard 2 unpublished texts')
    const gone = await minos.press('Discard', { reason: 'Advertising' })
    assert.match(gone.text, /2 unpublished texts were discarded\./)
    assert.deepEqual(await db.selectFrom('claims').selectAll().execute(), [])
    assert.match((await minos.get('/modcp/log/')).text, /Discarded what a guest wrote/)
    const late = visit(ids.admin)
    const order = { act: 'discard', claim: String(rows[0]?.id), return: '/modcp/claims/' }
    for (const sent of [order, { ...order, reason: 'Advertising' }]) {
      const page = await late.post('/moderate/', sent)
      assert.deepEqual([page.url, page.texts('.notice')], ['/modcp/claims/', [handled]])
    }
    assert.equal((await visit(ids.ann).post('/moderate/', order)).status, 404)
  },
)

onBothDatabases('An edit that somebody else has settled meanwhile says so, and nothing is done', async ({ db, t }) => {
  const { forum, ids } = await makeCourt(db)
  const { postId, replies } = await makeTalk(db, forum, ids.ann, [ids.ann])
  const [reply = 0] = replies
  await makeEdit(db, postId, ids.ann, 'Better words')
  const { visit } = await staffRoom(t, db)
  const [minos, agatha] = [visit(ids.moderator), visit(ids.admin)]
  await minos.post('/moderate/', { act: 'approve', edit: String(postId) })
  const before = await postRow(db, postId)
  const order = { edit: String(postId), return: '/modcp/queue/' }
  const reject = { ...order, act: 'reject' }
  for (const sent of [{ ...order, act: 'approve' }, reject, { ...reject, reason: 'No' }]) {
    const page = await agatha.post('/moderate/', sent)
    assert.deepEqual([page.url, page.texts('.notice')], ['/modcp/queue/', [handled]], JSON.stringify(sent))
  }
  assert.equal((await agatha.get(`/moderate/?act=reject&edit=${postId}`)).status, 409)
  assert.deepEqual(await postRow(db, postId), before)
  assert.equal((await visit(ids.ben).post('/moderate/', { act: 'approve', edit: String(postId) })).status, 404)

  await makeEdit(db, reply, ids.ann, 'Good words')
  const both = { act: 'approve', edit: [String(postId), String(reply)], return: '/' }
  const page = await agatha.post('/moderate/', both)
  assert.deepEqual(page.texts('.notice'), ['The edit was approved. Undo', handled])
})
