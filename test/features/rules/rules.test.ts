import assert from 'node:assert/strict'
import { dropForum } from '../../../src/features/forums/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { set } from '../pages/house.ts'
import { makeForums, makeReply, makeTopic, postRow, textBy } from '../posts/world.ts'
import { appoint } from '../topics/world.ts'

const secretName = 'Zanzibar casino ring'
const secretWord = 'casinoqz'

/** Makes a rule on the administrators' page; its path. */
async function makeRule(admin: Visitor, fields: Readonly<Record<string, string>>): Promise<string> {
  await admin.get('/admin/rules/new')
  const page = await admin.press('Save', { writers: 'all', ...fields })
  assert.match(page.text, /It is off/)
  return page.url
}

async function say(visitor: Visitor, topicId: number, body: string) {
  return visitor.post(`/topic/${topicId}/reply`, { body, format: 'markdown' })
}

const postsIn = (db: Db, topicId: number) =>
  db.selectFrom('posts').selectAll().where('topic_id', '=', topicId).orderBy('id').execute()

async function latest(db: Db, topicId: number) {
  const post = (await postsIn(db, topicId)).at(-1)
  assert.ok(post)
  return post
}

async function makePlace({ db, ...forum }: TestForum) {
  const [here = 0, elsewhere = 0] = await makeForums(db, 2)
  const ids: Record<string, number> = {}
  for (const name of ['Bea', 'Carl', 'Dora', 'Mia']) ids[name] = (await forum.member(name)).id
  await appoint(db, ids.Mia ?? 0, here)
  const { topicId } = await makeTopic(db, here, ids.Bea ?? 0, 'Owls')
  const { topicId: other } = await makeTopic(db, elsewhere, ids.Bea ?? 0, 'Elsewhere')
  return { here, elsewhere, ids, topicId, other }
}

forumOnBothDatabases(
  'an administrator tries a rule before it is on, and what it holds says so to moderators alone',
  async forum => {
    const { db } = forum
    const { topicId, other, here, ids } = await makePlace(forum)
    const [guest, carl, mia] = [forum.asGuest(), await forum.asMember('Carl'), await forum.asMember('Mia')]
    for (const visitor of [guest, carl, mia])
      for (const path of ['/admin/rules', '/admin/rules/new', '/admin/rules/1']) {
        assert.equal((await visitor.get(path)).status, 404)
        assert.equal((await visitor.post(path, { name: 'x', action: 'hide', words: 'a', on: '1' })).status, 404)
      }
    const early = await makeReply(db, topicId, ids.Carl ?? 0, textBy(ids.Carl ?? 0, `See ${secretWord} now`))
    const admin = await forum.asAdmin()
    await admin.get('/admin/rules/new')
    const empty = await admin.press('Save', { name: 'Everything' })
    assert.equal(empty.status, 422)
    assert.match(empty.text, /Fill in at least one condition/)
    const words = `Cas*\n${secretWord}\n(a+)+$`
    const wrong = await admin.press('Save', { name: 'x', words, domains: 'no domain' })
    assert.match(wrong.text, /“no domain” is no domain/)
    assert.equal(wrong.form('Save').value('words'), words)

    const before = await db.selectFrom('posts').selectAll().orderBy('id').execute()
    const tried = await admin.press('Try on the last 1,000 posts', { name: secretName, words, domains: '' })
    assert.match(tried.text, /Would have held 1 post:/)
    assert.ok(tried.has(`main a[href="/post/${early.id}"]`))
    assert.equal(tried.form('Save').value('name'), secretName)
    assert.deepEqual(await db.selectFrom('posts').selectAll().orderBy('id').execute(), before)
    assert.equal((await db.selectFrom('rules').selectAll().execute()).length, 0)

    const path = await makeRule(admin, { name: secretName, action: 'hold', words: secretWord, forums: String(here) })
    await say(carl, topicId, `One ${secretWord}`)
    assert.notEqual((await latest(db, topicId)).position, null, 'a new rule is off')
    await admin.get(path)
    await admin.press('Switch on')
    const held = await say(carl, topicId, 'Two CÁSI\u00adNOqz')
    assert.match(held.text, /approval/)
    for (const visitor of [guest, carl]) {
      const page = await visitor.get(`/topic/${topicId}/`)
      assert.doesNotMatch(page.text, /Zanzibar|Rule/)
    }
    const { id, position, pending_reason } = await latest(db, topicId)
    assert.deepEqual([position, pending_reason], [null, 'rules.waits'])
    for (const free of [`x${secretWord} ${secretWord}x`, 'nothing']) {
      await say(carl, topicId, free)
      assert.notEqual((await latest(db, topicId)).position, null, free)
    }
    await say(carl, other, `Elsewhere ${secretWord}`)
    assert.notEqual((await latest(db, other)).position, null, 'another forum')
    await say(mia, topicId, `I moderate ${secretWord}`)
    assert.notEqual((await latest(db, topicId)).position, null, 'a moderator')

    const queue = await mia.get('/modcp/queue/')
    assert.match(queue.text, new RegExp(`Rule: ${secretName}`))
    assert.ok(!queue.text.includes(`Words or phrases`))
    await mia.post('/moderate/', { act: 'approve', post: String(id) })
    assert.notEqual((await postRow(db, id)).position, null)

    const own = (await postsIn(db, topicId)).find(one => one.text === 'nothing')
    assert.ok(own)
    await carl.get(`/post/${own.id}/edit`)
    const edited = await carl.press('Save', { body: `nothing but ${secretWord}` })
    assert.match(edited.text, /approval/)
    assert.equal((await postRow(db, own.id)).text, 'nothing')
    assert.match((await mia.get('/modcp/queue/')).text, new RegExp(`Rule: ${secretName}`))

    await admin.get(path)
    await admin.press('Save', { words: 'poker' })
    await admin.press('Switch off')
    const log = await admin.get('/admin/log?room=rules')
    assert.match(log.text, new RegExp(`Words or phrases.*${secretWord}.*poker`))
    assert.match(log.text, /State.*On.*Off/s)
    await admin.get(path)
    await admin.press('Delete rule')
    assert.match((await admin.post(`${path}/delete`)).text, /deleted already/)
    assert.equal((await admin.get(path)).status, 404)

    const [gone = 0] = await makeForums(db, 1)
    const nowhere = await makeRule(admin, { name: 'Gone', action: 'hide', words: 'figs', forums: String(gone) })
    await inTransaction(db, tx => dropForum(tx, gone, null))
    assert.match((await admin.get('/admin/rules')).text, /Gone[\s\S]*Does nothing/)
    await admin.get(nowhere)
    const kept = await admin.press('Save', { words: 'rye' })
    assert.equal(kept.status, 422, 'it does not become a rule of every forum')
    await admin.post(`${nowhere}/delete`)

    await whatElseRulesDo(forum, { topicId, here, ids, admin, carl, mia })
  },
  { mail: true },
)

type Story = { topicId: number; here: number; ids: Record<string, number>; admin: Visitor; carl: Visitor; mia: Visitor }

async function whatElseRulesDo(forum: TestForum, { topicId, here, ids, admin, carl, mia }: Story) {
  const { db } = forum
  const rules: Record<string, string>[] = [
    { name: 'Repeats', action: 'hide', similar: '3' },
    { name: 'Shops', action: 'flag', domains: 'https://www.shop.example/', writers: 'members' },
    { name: 'Reported', action: 'hold', reports: '2', report_days: '1' },
    { name: 'Beginners', action: 'notify', first_posts: '1', links: '2' },
  ]
  for (const rule of rules) {
    await makeRule(admin, rule)
    await admin.press('Switch on')
  }
  const dora = await forum.asMember('Dora')
  const advert = 'Nobody sells finer feathers than our little house by the river, come and look at them today'
  for (const visitor of [carl, dora, carl]) await say(visitor, topicId, `${advert} ${visitor === dora ? 'Dora' : '!!'}`)
  for (let n = 0; n < 3; n++) await say(n === 1 ? carl : dora, topicId, 'Thank you!')
  await forum.runJobs()
  const hidden = (await postsIn(db, topicId)).filter(one => one.hidden_at !== null)
  assert.equal(hidden.length, 1)
  const third = hidden[0]
  assert.ok(third)
  assert.match(third.text, /^Nobody sells/)
  const log = await mia.get('/modcp/log/')
  assert.match(log.text, /Hid a post by Carl.*The forum itself.*Repeats/s)
  assert.ok(!(await carl.get(`/post/${third.id}`)).text.includes('Repeats'))
  const entry = await db
    .selectFrom('moderation_log')
    .select('id')
    .where('rule_id', 'is not', null)
    .executeTakeFirstOrThrow()
  assert.equal((await carl.post('/modcp/undo/', { entry: String(entry.id) })).status, 404)
  await mia.post('/modcp/undo/', { entry: String(entry.id) })
  assert.notEqual((await postRow(db, third.id)).position, null)

  await say(carl, topicId, 'Look at [this](https://cheap.shop.example/a) and [that](https://notshop.example/)')
  const flagged = await latest(db, topicId)
  await forum.runJobs()
  await forum.runJobs()
  const reports = await db.selectFrom('reports').selectAll().execute()
  assert.deepEqual(
    reports.map(one => [one.member_id, one.reason, one.text]),
    [[null, 'reports.reason_rule', 'Shops']],
  )
  const listed = await mia.get('/modcp/reports/')
  assert.match(listed.text, /A rule of the forum/)
  assert.match((await mia.click('article h2 a')).text, /Shops.*The forum itself/s)

  const report = { reason: 'reports.reason_spam', text: '' }
  const victim = (await makeReply(db, topicId, ids.Carl ?? 0)).id
  await db
    .updateTable('members')
    .set({ joined_at: Date.now() })
    .where('id', '=', ids.Dora ?? 0)
    .execute()
  for (const name of ['Bea', 'Mia'])
    await db
      .updateTable('members')
      .set({ joined_at: 5 })
      .where('id', '=', ids[name] ?? 0)
      .execute()
  const bea = await forum.asMember('Bea')
  for (const visitor of [dora, bea]) await visitor.post(`/post/${victim}/report`, report)
  await forum.runJobs()
  assert.equal((await postRow(db, victim)).pending_at, null, 'who joined today does not count')
  const gil = await forum.asMember('Gil')
  await db.updateTable('members').set({ joined_at: 5, pending_at: 1 }).where('name', '=', 'Gil').execute()
  await gil.post(`/post/${victim}/report`, report)
  await forum.runJobs()
  assert.equal((await postRow(db, victim)).pending_at, null, 'nor does an account that waits')
  await mia.post(`/post/${victim}/report`, report)
  await forum.runJobs()
  assert.equal((await postRow(db, victim)).position, null)
  assert.match((await mia.get('/modcp/queue/')).text, /Rule: Reported/)
  await mia.post('/moderate/', { act: 'approve', post: String(victim) })
  assert.notEqual((await postRow(db, victim)).position, null)

  const links = 'On https://one.example/ and https://two.example/'
  const eve = await forum.asMember('Eve')
  await eve.post(`/forum/${here}/new-topic`, { title: 'Hello', body: links, format: 'markdown' })
  assert.deepEqual(await mailsOf(forum), [], 'a moderator sees it anyway when it waits')
  await set(db, { hold_first_links: false })
  await eve.post(`/forum/${here}/new-topic`, { title: 'Hello again', body: links, format: 'markdown' })
  const mails = await mailsOf(forum)
  assert.ok(mails.includes('mia@example.org') && !mails.some(to => to?.startsWith('eve')), mails.join())
  assert.equal((await postRow(db, flagged.id)).hidden_at, null)
}

async function mailsOf(forum: TestForum) {
  return (await forum.mails()).filter(({ subject }) => /Beginners/.test(subject ?? '')).map(({ to }) => to)
}
