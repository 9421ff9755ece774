import assert from 'node:assert/strict'
import { loadViewer } from '../../../src/features/members/index.ts'
import { bansOfMany, endSanctions, warningReasons } from '../../../src/features/sanctions/index.ts'
import { addBlock } from '../../../src/features/spam/index.ts'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeForums, makeReply, makeTopic } from '../posts/world.ts'
import { appoint } from '../topics/world.ts'
import { makeReport } from './court.ts'

async function begin(site: TestForum) {
  const forum = await site.db.selectFrom('forums').selectAll().where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const [ann, bea] = [await site.member('Ann'), await site.member('Bea')]
  return { forum: forum.id, ann: ann.id, bea: bea.id }
}

forumOnBothDatabases('A moderator cleans up after a spammer with one press, and takes it back with one', async site => {
  const { db } = site
  const { forum, ann, bea } = await begin(site)
  const talk = await makeTopic(db, forum, ann, 'Figs')
  const own = await makeTopic(db, forum, bea, 'Cheap watches')
  await makeReply(db, own.topicId, bea)
  for (let n = 0; n < 3; n++) await makeReply(db, talk.topicId, bea, { html: '<p>Watches</p>', text: 'Watches' })
  await makeReply(db, talk.topicId, bea, { pendingReason: 'posts.waits_for_all' })
  const { id: cleo } = await site.member('Cleo')
  const spam = await db.selectFrom('posts').select('id').where('text', '=', 'Watches').execute()
  for (const id of [own.postId, spam[0]?.id ?? 0]) await makeReport(db, id, cleo)
  await makeReport(db, talk.postId, cleo)
  const openReports = async () =>
    (await db.selectFrom('report_cases').select('id').where('settled_at', 'is', null).execute()).length
  const there = `/modcp/members/${bea}/clean`
  const outsiders = [site.asGuest(), await site.asMember('Cleo')]
  for (const outsider of outsiders) {
    for (const path of [there, `/modcp/members/${bea}/`, '/modcp/held/', '/modcp/warnings/', '/modcp/addresses/'])
      assert.equal((await outsider.get(path)).status, 404, path)
    assert.equal((await outsider.post(there, { days: '', reason: 'Spam' })).status, 404)
    assert.equal((await outsider.post('/modcp/addresses/ban', { pattern: 'example.org' })).status, 404)
  }
  const rows = () =>
    db.selectFrom('posts').select(['id', 'hidden_at', 'pending_reason', 'position']).orderBy('id').execute()
  const before = await rows()
  const guest = site.asGuest()
  assert.match((await guest.get(`/topic/${talk.topicId}-figs/`)).text, /Watches/)

  const minos = await site.asMember('Minos', { group: 'Moderators' })
  const page = await minos.get(there)
  assert.match(page.text, /1 topic, 4 replies, 1 that waits[\s\S]*Cheap watches/)
  assert.equal((await minos.post(there, { days: '', reason: '' })).status, 422)
  await minos.get(there)
  const done = await minos.press('Ban and hide everything', { days: '', reason: 'Spam' })
  assert.match(done.text, /Bea was banned, and 6 items are out of sight\.[\s\S]*Banned/)
  assert.doesNotMatch((await guest.get(`/topic/${talk.topicId}-figs/`)).text, /Watches/)
  assert.equal((await guest.get(`/topic/${own.topicId}-cheap-watches/`)).status, 404)
  assert.match((await minos.get('/modcp/held/')).text, /Bea/)
  await assertSound(db)
  const again = await minos.post(there, { days: '', reason: 'Spam' })
  assert.match(again.text, /had been handled already/)

  assert.equal(await openReports(), 1)
  const told = await site.asMember('Cleo')
  assert.match((await told.get('/account/reports/')).text, /have acted on it/)

  await minos.get('/modcp/')
  assert.match((await minos.press('Undo')).text, /9 acts were undone\./)
  assert.equal(await openReports(), 3)
  assert.deepEqual(await rows(), before)
  assert.match((await guest.get(`/topic/${talk.topicId}-figs/`)).text, /Watches/)
  assert.equal((await loadViewer(db, bea, '')).member?.sanctions.ban, null)
  await assertSound(db)
})

forumOnBothDatabases(
  'Moderators note what only they read, and administrators set what members are warned for',
  async site => {
    const { db } = site
    const { bea } = await begin(site)
    const minos = await site.asMember('Minos', { group: 'Moderators' })
    const found = await minos.get('/modcp/members/?q=be')
    assert.equal(found.link('.table-list a'), `/modcp/members/${bea}`)
    await minos.get(`/modcp/members/${bea}/`)
    await minos.press('Add note', { text: 'Sells watches elsewhere' })
    await minos.post(`/modcp/members/${bea}/notes`, { text: 'Sells watches elsewhere' })
    assert.equal((await db.selectFrom('member_notes').select('id').execute()).length, 1)
    const visitor = await site.asMember('Bea')
    for (const path of [`/profile/${bea}-bea/`, '/account/warnings/', '/account/data/'])
      assert.doesNotMatch((await visitor.get(path)).text, /Sells watches/)
    const { id } = await db.selectFrom('member_notes').select('id').executeTakeFirstOrThrow()
    const peer = await site.asMember('Rhadamanthys', { group: 'Moderators' })
    await peer.post(`/modcp/members/${bea}/notes/${id}/remove`)
    assert.match((await peer.get(`/modcp/members/${bea}/`)).text, /Sells watches/)
    await minos.get(`/modcp/members/${bea}/`)
    assert.doesNotMatch((await minos.press('Remove')).text, /Sells watches/)
    const { id: minosId } = await site.member('Minos')
    assert.equal((await peer.post(`/modcp/members/${minosId}/notes`, { text: 'A peer' })).status, 404)

    const [other, elsewhere] = await makeForums(db, 2)
    const { id: localId } = await site.member('Local')
    await appoint(db, localId, other ?? 0)
    const local = await site.asMember('Local')
    const [here, there] = [
      await makeTopic(db, other ?? 0, bea, 'Figs'),
      await makeTopic(db, elsewhere ?? 0, bea, 'Rye'),
    ]
    await minos.get(`/modcp/members/${bea}/`)
    await minos.press('Add note', { text: 'Sells watches elsewhere' })
    const [reason] = await warningReasons(db)
    const warning = { act: 'warn', member: String(bea), warning: String(reason?.id) }
    for (const { postId, word } of [
      { ...here, word: 'Too many figs' },
      { ...there, word: 'Too much rye' },
    ])
      assert.equal((await minos.post('/moderate/', { ...warning, reason: word, about: String(postId) })).status, 200)
    const known = await local.get(`/modcp/members/${bea}/`)
    assert.match(known.text, /Too many figs[\s\S]*Figs/)
    assert.doesNotMatch(known.text, /Sells watches|Too much rye|Rye|Last seen|Network|Add note|198\.18/)
    const listed = await local.get('/modcp/warnings/')
    assert.match(listed.text, /Too many figs/)
    assert.doesNotMatch(listed.text, /Too much rye|Restricted and banned/)
    const { ann } = await begin(site)
    for (const path of ['held/', 'addresses/', `members/${ann}/`, `members/${bea}/clean`])
      assert.equal((await local.get(`/modcp/${path}`)).status, 404, path)
    for (const path of [`${bea}/notes`, `${bea}/clean`])
      assert.equal(
        (await local.post(`/modcp/members/${path}`, { text: 'Hm', days: '', reason: 'Hm' })).status,
        404,
        path,
      )
    assert.match((await local.get('/modcp/members/?q=bea')).text, /Bea/)
    assert.match((await local.get('/modcp/members/?q=ann')).text, /Nobody was found/)
    assert.equal((await local.post('/moderate/', { ...warning, reason: '' })).status, 403)
    assert.match((await local.get(`/topic/${here.topicId}-figs/`)).text, /Warn member/)
    assert.doesNotMatch((await local.get(`/profile/${bea}-bea/`)).text, /Warn member/)

    assert.equal((await minos.get('/modcp/warnings/rules/')).status, 404)
    const admin = await site.asAdmin()
    const rules = '/modcp/warnings/rules/'
    assert.equal((await admin.post(`${rules}reasons`, { title: '', points: '0', days: '' })).status, 422)
    assert.match(
      (await admin.post(`${rules}reasons`, { title: 'Selling', points: '4', days: '9' })).text,
      /Selling \(4 points\)/,
    )
    assert.match(
      (await admin.post(`${rules}steps`, { kind: 'no_links', points: '4', days: '' })).text,
      /From 4 points on: No links/,
    )
    await admin.post(`${rules}reasons`, { title: 'Selling', points: '4', days: '9' })
    assert.equal((await warningReasons(db)).filter(({ title }) => title === 'Selling').length, 1)
    const log = await admin.get('/admin/log?room=warnings')
    assert.equal(log.texts('.record').length, 2)
    assert.match(log.text, /no links[\s\S]*warned for: Selling \(4 points, for 9 days\)/)
    assert.match((await minos.post('/moderate/', { act: 'warn', member: String(bea) })).text, /Selling \(4 points\)/)
  },
)

forumOnBothDatabases('A ban of a network address shows first whom it hits, and shuts out no moderator', async site => {
  const { db } = site
  const { forum, bea } = await begin(site)
  const talk = await makeTopic(db, forum, bea, 'Figs')
  const admin = await site.asAdmin({ address: '203.0.113.9' })
  const minos = await site.asMember('Minos', { group: 'Moderators', address: '198.51.100.7' })
  const beas = await site.asMember('Bea', { address: '198.51.100.8' })
  const form = { pattern: '198.51.100.0/24', days: '7', reason: 'Spam from there' }
  const refuse = async (pattern: string) =>
    (await admin.post('/modcp/addresses/ban', { ...form, pattern, sure: '1' })).status
  for (const wrong of ['127.0.0.1', '203.0.113.0/24', '0.0.0.0/0', 'figs', '::1'])
    assert.equal(await refuse(wrong), 422, wrong)
  assert.equal(await refuse(site.admin.email.split('@')[1] ?? ''), 422)
  const seen = await admin.get('/modcp/addresses/?address=198.51.100.')
  assert.match(seen.text, /Bea[\s\S]*198\.51\.100\.8/)
  const asked = await admin.post('/modcp/addresses/ban', form)
  assert.match(asked.text, /198\.51\.100\.0\/24: 1 member would be banned[\s\S]*Bea[\s\S]*because they moderate: Minos/)
  assert.equal((await db.selectFrom('blocks').select('id').execute()).length, 0)
  await admin.press('Ban them')
  const path = `/topic/${talk.topicId}-figs/`
  assert.match((await beas.get(path)).text, /You are banned until .* Spam from there/)
  assert.equal((await beas.post(`/topic/${talk.topicId}/reply`, { body: 'Figs' })).status, 403)
  assert.doesNotMatch((await minos.get(path)).text, /You are banned/)
  assert.match((await admin.get('/modcp/log/')).text, /Banned 198\.51\.100\.0\/24/)
  await admin.get('/modcp/addresses/')
  await admin.press('Lift: 198.51.100.0/24')
  assert.doesNotMatch((await beas.get(path)).text, /You are banned/)
  assert.match((await admin.press('Undo')).text, /was banned/)
  assert.match((await beas.get(path)).text, /You are banned/)
  await addBlock(db, 'address', '198.51.100.0/24', '203.0.113.9')
  const bans = await bansOfMany(db)
  await site.runJobs(Date.now() + 8 * 24 * 60 * 60_000)
  await endSanctions(db, Date.now() + 8 * 24 * 60 * 60_000)
  const rows = await db.selectFrom('blocks').select(['pattern', 'bans', 'ends_at']).execute()
  assert.deepEqual([bans.length, rows], [1, [{ pattern: '198.51.100.0/24', bans: 0, ends_at: null }]])
  assert.doesNotMatch((await beas.get(path)).text, /You are banned/)
  await admin.post('/modcp/addresses/ban', { ...form, sure: '1' })
  await admin.get('/modcp/addresses/')
  await admin.press('Lift: 198.51.100.0/24')
  assert.deepEqual(await db.selectFrom('blocks').select(['pattern', 'bans', 'ends_at']).execute(), rows)
})
