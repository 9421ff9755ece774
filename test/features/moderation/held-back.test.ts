import assert from 'node:assert/strict'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { makeTopic } from '../posts/world.ts'

/** Presses the button of an act over a member in the form that asks for it. */
async function judge(minos: Visitor, act: string, memberId: number, fields: Record<string, string> = {}) {
  return minos.post('/moderate/', { act, member: String(memberId), return: '/', reason: 'Too many figs', ...fields })
}

async function begin(site: TestForum) {
  const { db } = site
  const forum = await db.selectFrom('forums').selectAll().where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const ann = await site.member('Ann')
  const { topicId } = await makeTopic(db, forum.id, ann.id, 'Figs')
  const bea = await site.asMember('Bea')
  const { id: beaId } = await site.member('Bea')
  return {
    path: `/topic/${topicId}-figs/`,
    topicId,
    bea,
    beaId,
    minos: await site.asMember('Minos', { group: 'Moderators' }),
  }
}

forumOnBothDatabases(
  'A member who is banned stays signed in, reads why on every page, and writes nothing',
  async site => {
    const { path, topicId, bea, beaId, minos } = await begin(site)
    const ended = await judge(site.asGuest(), 'ban', beaId)
    assert.deepEqual([ended.status, /Too many figs/.test(ended.text)], [403, true], 'what was typed is not lost')
    assert.equal((await judge(bea, 'ban', beaId, { days: '7' })).status, 403)
    const asked = await judge(minos, 'ban', beaId)
    assert.match(asked.text, /Ban this member[\s\S]*For how long/)
    assert.equal((await judge(minos, 'ban', beaId, { days: '8' })).status, 422)
    await bea.get(path)
    assert.match((await judge(minos, 'ban', beaId, { days: '7' })).text, /The member was banned\./)

    for (const place of ['/', path, '/account/'])
      assert.match(
        (await bea.get(place)).text,
        /You are banned until .*\. You can read what guests can read\. Too many figs/,
      )
    assert.match((await bea.get(path)).text, /You are banned and cannot write here/)
    const reply = await bea.post(`/topic/${topicId}/reply`, { body: 'More figs', submission: 'aaaa-bbbb' })
    assert.equal(reply.status, 403)
    assert.equal((await bea.post('/attachments', {})).status, 403)
    const offered = await (await site.asMember('Cleo')).get('/compose/members?q=Be&place=topic:1')
    assert.doesNotMatch(offered.text, /Bea/)
    const again = site.asGuest()
    await site.signIn(again, await site.member('Bea'))
    assert.match(again.page.text, /You are banned until/)

    await minos.get('/')
    assert.match((await minos.press('Undo')).text, /That was undone\./)
    assert.doesNotMatch((await bea.get(path)).text, /You are banned/)
    assert.match((await bea.press('Submit Reply', { body: 'Figs again' })).text, /Figs again/)
  },
)

forumOnBothDatabases('A restricted member posts as far as they may, and is told why', async site => {
  const { path, bea, beaId, minos } = await begin(site)
  await bea.get(path)
  await bea.press('Submit Reply', { body: 'A first post' })
  await judge(minos, 'restrict', beaId, { restriction: 'no_links', days: '' })
  assert.match((await bea.get(path)).text, /You cannot post links\. Too many figs/)
  const refused = await bea.press('Submit Reply', { body: 'See https://figs.example/ now' })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /for now you cannot post links[\s\S]*See https:\/\/figs\.example/)
  await bea.get(path)
  assert.match((await bea.press('Submit Reply', { body: 'Without a link' })).text, /Without a link/)
  await judge(minos, 'restrict', beaId, { restriction: 'approval', days: '1' })
  await bea.get(path)
  await bea.press('Submit Reply', { body: 'Who approves this' })
  assert.doesNotMatch((await site.asGuest().get(path)).text, /Who approves this/)
  await judge(minos, 'lift', beaId)
  await bea.get(path)
  await bea.press('Submit Reply', { body: 'Free again' })
  assert.match((await site.asGuest().get(path)).text, /Free again/)
})

forumOnBothDatabases(
  'A warned member reads the warning, says so before they post again, and answers once',
  async site => {
    const { path, bea, beaId, minos } = await begin(site)
    const { id: reason } = await site.db
      .selectFrom('warning_reasons')
      .select('id')
      .where('points', '=', 2)
      .executeTakeFirstOrThrow()
    const profile = await minos.get(`/profile/${beaId}-bea/`)
    assert.match(profile.text, /Warn member/)
    assert.doesNotMatch((await site.asGuest().get(`/profile/${beaId}-bea/`)).text, /Warn member|About this member/)
    await judge(minos, 'warn', beaId)
    const form = minos.page.form('Warn member').fill({ warning: String(reason), reason: 'Too many figs' })
    await Promise.all([form.submit(), form.submit()])
    assert.match((await form.submit()).text, /was warned/)
    const warnings = () => site.db.selectFrom('sanctions').select('id').where('kind', '=', 'warning').execute()
    assert.equal((await warnings()).length, 1)
    const told = await bea.get(path)
    assert.match(told.text, /A moderator has warned you\.[\s\S]*Read the warning and say so/)
    const own = await bea.get('/account/warnings/')
    assert.match(own.text, /Insulting others[\s\S]*Too many figs/)
    const { id } = await site.db.selectFrom('sanctions').select('id').executeTakeFirstOrThrow()
    for (const act of ['acknowledge', 'answer']) {
      const there = `/account/warnings/${id}/${act}`
      assert.equal((await minos.post(there, { answer: 'Not mine' })).status, 404)
      assert.equal((await site.asGuest().post(there, { answer: 'Nobody' })).status, 403)
    }
    assert.match((await bea.press('I have read this')).text, /Thank you\./)
    assert.equal((await bea.post(`/account/warnings/${id}/answer`, { answer: ' ' })).status, 422)
    await bea.get('/account/warnings/')
    assert.match((await bea.press('Send answer', { answer: 'I am sorry' })).text, /was sent[\s\S]*I am sorry/)
    assert.match((await bea.post(`/account/warnings/${id}/answer`, { answer: 'I am sorry' })).text, /was sent/)
    const second = await bea.post(`/account/warnings/${id}/answer`, { answer: 'Twice' })
    assert.match(second.text, /I am sorry[\s\S]*answered that already/)
    assert.deepEqual([second.status, second.form('Send answer').value('answer')], [409, 'Twice'])
    await bea.get(path)
    assert.match((await bea.press('Submit Reply', { body: 'Sorry, all' })).text, /Sorry, all/)
    const { email } = await site.member('Bea')
    await site.runJobs(Date.now() + 61_000)
    const [mail] = await site.mails(email)
    assert.match(`${mail?.subject}`, /A warning on .*: Insulting others/)
  },
  { mail: true },
)
