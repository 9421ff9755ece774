import assert from 'node:assert/strict'
import { logPage } from '../../../src/features/moderation/pages/log-page.ts'
import { mailModerators } from '../../../src/features/reports/alerts.ts'
import { reportPost } from '../../../src/features/reports/report-post.ts'
import { impose } from '../../../src/features/sanctions/index.ts'
import { addWord } from '../../../src/features/words/index.ts'
import { Conflict } from '../../../src/platform/errors.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'
import { post, press } from '../moderation/court.ts'
import { set } from '../pages/house.ts'
import { makeForums, makeReply, makeTopic, textBy, viewerOf } from '../posts/world.ts'
import { appoint, closeForum } from '../topics/world.ts'

const spam = 'reports.reason_spam'

/** Two forums, the second with a moderator of its own, and a topic by Bea with a reply by Carl. */
async function makePlace(forum: TestForum) {
  const { db } = forum
  const [here = 0, elsewhere = 0] = await makeForums(db, 2)
  const names = ['Bea', 'Carl', 'Dora', 'Mia', 'Zoe'] as const
  const ids: Record<string, number> = {}
  for (const name of names) ids[name] = (await forum.member(name)).id
  await appoint(db, ids.Mia ?? 0, here)
  await appoint(db, ids.Zoe ?? 0, elsewhere)
  const bea = ids.Bea ?? 0
  const { topicId, postId } = await makeTopic(db, here, bea, 'Owls')
  const reply = (await makeReply(db, topicId, ids.Carl ?? 0, textBy(ids.Carl ?? 0, 'Cheap pills'))).id
  return { db, here, elsewhere, ids, topicId, postId, reply }
}

const reports = (db: Db) => db.selectFrom('reports').selectAll().orderBy('id').execute()
const cases = (db: Db) => db.selectFrom('report_cases').selectAll().orderBy('id').execute()

forumOnBothDatabases('whoever sees a post reports it, once, and loses no word on the way', async forum => {
  const { db, elsewhere, ids, topicId, reply } = await makePlace(forum)
  const unseen = await makeTopic(db, elsewhere, ids.Bea ?? 0)
  await closeForum(db, elsewhere)
  const guest = forum.asGuest()
  for (const id of [String(unseen.postId), '99999', 'abc', '0']) {
    assert.equal((await guest.get(`/post/${id}/report`)).status, 404)
    assert.equal((await guest.post(`/post/${id}/report`, { reason: spam })).status, 404)
  }
  const carl = await forum.asMember('Carl')
  assert.equal((await carl.get(`/post/${reply}/report`)).status, 404, 'nobody reports what they wrote')
  assert.ok(!(await carl.get(`/topic/${topicId}/`)).has(`[href="/post/${reply}/report"]`))

  const page = await guest.get(`/topic/${topicId}/`)
  assert.ok(page.has(`#post-${reply} .post-acts [href="/post/${reply}/report"][rel=nofollow]`))
  await guest.click(`[href="/post/${reply}/report"]`)
  const wrong = await guest.press('Send report', { text: 'Look at the link' })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.form('Send report').value('text'), 'Look at the link')
  const silent = await guest.press('Send report', { reason: 'reports.reason_other', text: ' ' })
  assert.match(silent.text, /Say in a few words what is wrong/)
  const sent = await guest.press('Send report', { reason: spam, text: 'Look at the link' })
  assert.equal(sent.h1, 'Your report is sent')
  await guest.get(`/post/${reply}/report`)
  await guest.press('Send report', { reason: spam, text: 'Look at the link' })
  assert.equal((await reports(db)).length, 1)
  assert.equal(guest.cookie('stoa_session'), undefined)

  const dora = await forum.asMember('Dora')
  await dora.get(`/post/${reply}/report`)
  const form = dora.page.form('Send report')
  const press = () => form.fill({ reason: 'reports.reason_other', text: 'It is about me' }).submit()
  await Promise.all([press(), press()])
  const again = await press()
  assert.equal(again.url.split('#')[0], `/topic/${topicId}-owls/`)
  assert.match(again.text, /You have reported this post already/)
  assert.match((await dora.get(`/post/${reply}/report`)).text, /It is about me/)
  assert.deepEqual(
    (await reports(db)).map(({ member_id, address }) => [member_id, address !== null]),
    [
      [null, true],
      [ids.Dora, false],
    ],
  )
  assert.equal((await cases(db)).length, 1)

  const ended = await forum.asGuest().post(`/post/${reply}/report`, { writer: 'member', reason: spam, text: 'Mine' })
  assert.equal(ended.status, 403)
  assert.equal(ended.form('Send report').value('text'), 'Mine')
  const eager = forum.asGuest()
  for (let n = 0; n < 5; n++) await eager.post(`/post/${reply}/report`, { reason: spam, text: `No. ${n}` })
  const much = await eager.post(`/post/${reply}/report`, { reason: spam, text: 'No. 5' })
  assert.equal(much.status, 429)
  assert.equal(much.form('Send report').value('text'), 'No. 5')
  const robot = await forum.asGuest().post(`/post/${reply}/report`, { reason: spam, text: 'Buy', afterpiece: 'x' })
  assert.equal(robot.status, 200)
  assert.notEqual((await reports(db)).at(-1)?.suspect_at, null)

  await set(db, { guest_reports: false, report_reasons: 'Not about owls\nSpam' })
  assert.ok(!(await guest.get(`/topic/${topicId}/`)).has('[href$="/report"]'))
  assert.match((await guest.get(`/post/${reply}/report`)).url, /^\/login/)
  const bea = await forum.asMember('Bea')
  await bea.get(`/post/${reply}/report`)
  assert.deepEqual(bea.page.texts('main .check label'), ['Not about owls', 'Spam', 'Something else'])
  await addWord(db, { word: 'pills', how: 'replace', replacement: 'figs' })
  assert.match((await bea.get(`/post/${reply}/report`)).text, /Cheap figs/)
  const ban = { memberId: ids.Bea ?? 0, by: null, at: Date.now(), reason: null, days: null }
  await inTransaction(db, tx => impose(tx, 'ban', ban))
  const banned = await bea.post(`/post/${reply}/report`, { reason: 'Spam', text: '' })
  assert.deepEqual([banned.status, (await reports(db)).some(row => row.member_id === ids.Bea)], [403, false])
  assert.ok(!(await bea.get(`/topic/${topicId}/`)).has('[href$="/report"]'))
})

forumOnBothDatabases(
  'a report goes to the moderators of its forum alone, and whoever sent it hears what came of it',
  async forum => {
    const { db, ids, topicId, postId, reply } = await makePlace(forum)
    const dora = await forum.asMember('Dora')
    const report = { reason: spam, text: 'zqwordqz' }
    await dora.post(`/post/${reply}/report`, report)
    await dora.post(`/post/${postId}/report`, { reason: spam, text: '' })
    await forum.asGuest().post(`/post/${reply}/report`, { reason: spam, text: 'By the way' })
    const [first] = await cases(db)
    const path = `/modcp/reports/${first?.id}/`
    const zoe = await forum.asMember('Zoe')
    const [carl, guest] = [await forum.asMember('Carl'), forum.asGuest()]
    for (const visitor of [carl, guest]) assert.equal((await visitor.get('/modcp/reports/')).status, 404)
    assert.match((await zoe.get('/modcp/reports/')).text, /Nothing is reported/)
    for (const visitor of [carl, guest, zoe]) {
      assert.equal((await visitor.get(path)).status, 404)
      assert.equal((await visitor.post(`${path}notes/`, { note: 'Hi' })).status, 404)
      assert.equal((await visitor.post(`${path}assign/`, { to: String(ids.Zoe) })).status, 404)
      const settle = { act: 'settle', post: String(reply), outcome: 'acted' }
      assert.equal((await visitor.post('/moderate/', settle)).status, 403)
    }

    const mia = await forum.asMember('Mia')
    const overview = await mia.get('/modcp/')
    assert.match(overview.text, /Reports 2/)
    const list = await mia.click('a[href="/modcp/reports/"]')
    assert.deepEqual(list.texts('article h2'), ['Post in Owls', 'Post in Owls'])
    assert.match(list.text, /Reported 2 times/)
    await mia.click('article h2 a')
    assert.match(mia.page.text, /Cheap pills.*Dora.*By the way.*A guest/s)
    const acts = mia.page.texts('main article button')
    assert.ok(
      ['Hide', 'Delete', 'Warn member'].every(act => acts.includes(act)),
      acts.join(),
    )
    await mia.press('Add', { note: 'Seen before' })
    assert.match(mia.page.text, /Seen before/)
    assert.equal((await mia.press('Add', { note: ' ' })).status, 422)
    assert.equal((await mia.post(`${path}assign/`, { to: String(ids.Bea) })).status, 422)
    await mia.get(path)
    await mia.press('Take it on myself')
    assert.match((await mia.get('/modcp/reports/?state=mine')).text, /Assigned to Mia/)

    await mia.get(path)
    await mia.press('Hide')
    const hidden = await mia.press('Hide', { reason: 'Advertising' })
    assert.equal(hidden.url, path)
    assert.match(hidden.text, /It is hidden\..*Cheap pills/s)
    const settled = await mia.press('Acted on', { word: 'Well spotted' })
    assert.match(settled.text, /The report was settled\./)
    assert.match(settled.url, /^\/modcp\/reports\/\d+\/$/, 'on to the next')
    const mails = await forum.mails('dora@example.org')
    assert.equal(mails.length, 1)
    assert.match(mails[0]?.text ?? '', /acted on it[\s\S]*Well spotted/)
    assert.match(
      (await dora.get('/')).text,
      /You reported a post\. The moderators have acted on it\. They say: Well spotted/,
    )
    assert.match((await dora.get('/account/reports/')).text, /zqwordqz/)

    const late = await mia.post('/moderate/', { act: 'settle', post: String(reply), outcome: 'no_breach' })
    assert.match(late.text, /It had been handled already/)
    await dora.post(`/post/${postId}/report`, { reason: spam, text: 'Once more' })
    await mia.get('/modcp/log/')
    assert.match(mia.page.text, /Settled reports about a post by Carl: acted on/)
    assert.doesNotMatch(mia.page.text, /zqwordqz|Well spotted|Dora/)
    const entry = await db
      .selectFrom('moderation_log')
      .select('id')
      .where('act', '=', 'settle')
      .executeTakeFirstOrThrow()
    assert.match((await mia.post('/modcp/undo/', { entry: String(entry.id) })).text, /That was undone/)
    assert.equal((await cases(db)).find(({ id }) => id === first?.id)?.settled_at, null)
    assert.doesNotMatch((await dora.get('/')).text, /You reported a post/)

    const stop = new URL(/<([^>]+)>/.exec(mails[0]?.headers['list-unsubscribe'] ?? '')?.[1] ?? '').pathname
    await guest.get(stop)
    await guest.press('Stop this mail')
    const settle = (name: string) =>
      press(db, viewers[name] as never, 'settle', [post(reply)], { outcome: 'no_breach', word: null })
    const viewers: Record<string, unknown> = {
      Mia: await viewerOf(db, ids.Mia ?? 0),
      Ada: await viewerOf(db, forum.admin.id),
    }
    const both = await Promise.all([settle('Mia'), settle('Ada')])
    assert.equal(both.flatMap(({ done }) => done).length, 1)
    assert.ok(both.flatMap(({ missed }) => missed)[0]?.why instanceof Conflict)
    assert.equal((await forum.mails('dora@example.org')).length, 1, 'no mail for whoever wants none')
    for (const visitor of [carl, forum.asGuest()])
      for (const where of ['/', `/topic/${topicId}/`, '/account/reports/'])
        assert.doesNotMatch((await visitor.get(where)).html, /zqwordqz|By the way|Seen before/)
  },
  { mail: true },
)

forumOnBothDatabases('what a moderator wrote is for others to judge, and what was settled opens again', async forum => {
  const { db, ids, topicId } = await makePlace(forum)
  const own = (await makeReply(db, topicId, ids.Mia ?? 0)).id
  const [dora, bea] = [await viewerOf(db, ids.Dora ?? 0), await viewerOf(db, ids.Bea ?? 0)]
  const words = { reason: spam, text: 'She insults me' }
  await reportPost(db, dora, own, words, null)
  const [opened] = await cases(db)
  const mia = await forum.asMember('Mia')
  assert.match((await mia.get('/modcp/reports/')).text, /Nothing is reported/)
  assert.equal((await mia.get(`/modcp/reports/${opened?.id}/`)).status, 404)
  const settling = { outcome: 'no_breach', word: null }
  const miaViewer = await viewerOf(db, ids.Mia ?? 0)
  await assert.rejects(press(db, miaViewer, 'settle', [post(own)], settling))
  const ada = await forum.asAdmin()
  assert.match((await ada.get(`/modcp/reports/${opened?.id}/`)).text, /She insults me/)
  await ada.press('No breach')
  await reportPost(db, bea, own, { ...words, text: 'Me too' }, null)
  assert.equal((await cases(db)).length, 2)
  await ada.get('/modcp/log/')
  await ada.press('Undo')
  assert.deepEqual(
    (await cases(db)).map(({ id, settled_at }) => [id, settled_at]),
    [[opened?.id, null]],
  )
  assert.deepEqual(
    (await reports(db)).map(({ case_id }) => case_id),
    [opened?.id, opened?.id],
  )
  const { id: adaId } = forum.admin
  const byAda = (await makeReply(db, topicId, adaId)).id
  await reportPost(db, dora, byAda, words, null)
  await reportPost(db, dora, (await makeReply(db, topicId, ids.Carl ?? 0)).id, words, null)
  for (const { post_id } of await cases(db))
    if (post_id !== own) await press(db, miaViewer, 'settle', [post(post_id)], settling)
  const { entries } = await logPage(db, await viewerOf(db, adaId), { by: ids.Mia ?? 0, act: null, forum: null }, 1)
  assert.deepEqual(
    entries.map(({ sentence }) => [sentence.key, sentence.args?.author]),
    [['moderation.did_settle', 'Carl']],
    'what she wrote herself is nothing that she reads of',
  )
})

forumOnBothDatabases(
  'moderators are mailed of what is new in their forums, once an hour and as long as they want it',
  async forum => {
    const { db, reply, postId } = await makePlace(forum)
    const mailsTo = async (name: string) =>
      (await forum.mails(`${name}@example.org`)).filter(mail => /reported/.test(mail.subject))
    const guest = forum.asGuest()
    const report = async (id: number) => {
      await guest.get(`/post/${id}/report`)
      await guest.press('Send report', { reason: spam })
    }
    const now = Date.now()
    await mailModerators(db, now)
    await report(reply)
    await mailModerators(db, now + 1000)
    await report(postId)
    await mailModerators(db, now + 2000)
    const [first, ...more] = await mailsTo('mia')
    assert.deepEqual(more, [], 'no two within an hour')
    assert.match(first?.text ?? '', /Owls/)
    assert.deepEqual(await mailsTo('zoe'), [], 'only of forums they moderate')
    assert.deepEqual(await mailsTo('dora'), [])

    const hour = 60 * 60_000
    await db
      .updateTable('reports')
      .set({ created_at: now + 3000 })
      .execute()
    await mailModerators(db, now + hour + 5000)
    assert.equal((await mailsTo('mia')).length, 2)
    const link = /\/unsubscribe\/alerts\/\S+/.exec((await mailsTo('mia'))[1]?.text ?? '')?.[0] ?? ''
    assert.equal((await guest.get('/unsubscribe/alerts/nonsense')).status, 404)
    await guest.get(link)
    assert.match((await guest.press('Stop this mail')).text, /no more mail about new reports/)
    await db
      .updateTable('reports')
      .set({ created_at: now + 2 * hour })
      .execute()
    await mailModerators(db, now + 3 * hour)
    assert.equal((await mailsTo('mia')).length, 2)
    const mia = await forum.asMember('Mia')
    assert.equal((await mia.get('/modcp/reports/')).has('[name=mails][checked]'), false)
    await mia.press('Save', { mails: true })
    await mailModerators(db, now + 3 * hour)
    assert.equal((await mailsTo('mia')).length, 3)
    assert.equal((await guest.post('/modcp/reports/mail')).status, 404)
    assert.match((await mia.get('/account/')).text, /Your reports/)
  },
  { mail: true },
)
