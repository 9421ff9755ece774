import assert from 'node:assert/strict'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { makeTopic } from '../posts/world.ts'

async function appointments(forum: TestForum) {
  return forum.db.selectFrom('moderators').select(['member_id', 'group_id', 'forum_id', 'acts']).orderBy('id').execute()
}

/** Whether a topic's page offers this act. */
async function offers(visitor: Visitor, topicId: number, act: string): Promise<boolean> {
  return (await visitor.get(`/topic/${topicId}/`)).has(`[name=act][value=${act}]`)
}

forumOnBothDatabases(
  'a member is appointed for a forum with its subforums and some acts, and dismissed',
  async forum => {
    const admin = await forum.asAdmin()
    await admin.post('/admin/forums/new', { name: 'Roses', parent: '3' })
    const { topicId: within } = await makeTopic(forum.db, 3, null, 'Within')
    const { topicId: below } = await makeTopic(forum.db, 5, null, 'Below')
    const { topicId: beside } = await makeTopic(forum.db, 4, null, 'Beside')
    const bea = await forum.asMember('Bea')
    assert.equal(await offers(bea, within, 'lock'), false)
    const before = bea.cookie('stoa_session')
    await admin.get('/admin/moderators')
    const page = await admin.press('Appoint', {
      who: 'A member',
      member: 'bea',
      Where: 'General discussion',
      acts: ['lock', 'pin'],
    })
    assert.match(page.text, /The appointment is made\./)
    assert.match(page.text, /Bea\s+General discussion\s+Lock, Pin/)
    for (const topic of [within, below]) {
      assert.equal(await offers(bea, topic, 'lock'), true)
      assert.equal(await offers(bea, topic, 'hide'), false)
    }
    assert.notEqual(bea.cookie('stoa_session'), before)
    assert.equal(await offers(bea, beside, 'lock'), false)
    await bea.post('/moderate/', { act: 'lock', topic: String(beside) })
    await bea.post('/moderate/', { act: 'hide', topic: String(within), reason: '' })
    await bea.post('/moderate/', { act: 'lock', topic: String(within) })
    const topics = await forum.db.selectFrom('topics').select(['id', 'locked_at', 'hidden_at']).orderBy('id').execute()
    assert.deepEqual(
      topics.map(topic => [topic.id, topic.locked_at !== null, topic.hidden_at]),
      [
        [1, false, null],
        [within, true, null],
        [below, false, null],
        [beside, false, null],
      ],
    )
    await admin.get('/admin/moderators')
    const dismiss = admin.page.form('End Bea')
    for (const press of [1, 2]) assert.match((await dismiss.submit()).text, /The appointment has ended\./, `${press}`)
    assert.equal(await offers(bea, within, 'unlock'), false)
    assert.equal((await bea.get('/modcp/')).status, 404)
  },
)

forumOnBothDatabases('a group is appointed everywhere, by its name', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/moderators')
  await admin.press('Appoint', { who: 'A group', group: 'Members', Where: 'All forums', acts: ['*'] })
  const bea = await forum.asMember('Bea')
  assert.equal((await bea.get('/modcp/')).status, 200)
  const { topicId } = await makeTopic(forum.db, 3, null)
  assert.equal(await offers(bea, topicId, 'hide'), true)
})

forumOnBothDatabases('what is the administrators’ is given by its name, and asks for the password', async forum => {
  const [admin, bea] = [await forum.asAdmin(), await forum.asMember('Bea')]
  const [ann, self] = [await forum.member('Ann'), await forum.member('Bea')]
  const form = { who: 'member', member: 'Bea', forum: '0', acts: '*', more: 'rename' }
  assert.equal((await admin.post('/admin/moderators', { ...form, forum: '3' })).status, 422)
  assert.match(admin.page.texts('#field-forum-error').join(), /Choose all forums/)
  await admin.post('/admin/moderators', { ...form, more: [] })
  const renaming = { act: 'rename', member: String(ann.id), name: 'Anna', reason: '', return: '/' }
  assert.equal((await bea.post('/moderate/', renaming)).status, 403)
  assert.equal((await (await forum.asMember('Ann')).get('/moderate/confirm/')).status, 404)
  assert.match((await admin.post('/admin/moderators', form)).text, /All acts, Rename members/)
  assert.equal((await bea.post('/moderate/', renaming)).h1, 'Your password again')
  assert.equal((await bea.press('Go on', { sudo_password: 'not hers' })).status, 422)
  await bea.press('Go on', { sudo_password: self.password })
  assert.match((await bea.press('Rename member', { name: 'Anna' })).text, /The member has another name/)
  assert.equal((await bea.post('/moderate/', { ...renaming, member: String(self.id) })).status, 403)
  assert.equal((await bea.post('/moderate/', { ...renaming, member: String(forum.admin.id) })).status, 403)
})

forumOnBothDatabases('a member is found by name or address, and pressed twice it is one appointment', async forum => {
  const bea = await forum.member('Bea')
  const admin = await forum.asAdmin()
  await admin.get('/admin/moderators')
  const form = admin.page.form('Appoint').fill({ member: 'BEA@example.org', Where: 'Community', acts: ['hide'] })
  await Promise.all([form.submit(), form.submit()])
  await form.submit()
  const own = (await appointments(forum)).filter(row => row.member_id === bea.id)
  assert.deepEqual(own, [{ member_id: bea.id, group_id: null, forum_id: 1, acts: '["hide"]' }])
})

forumOnBothDatabases('who, where or what is missing is told at its field, with everything chosen', async forum => {
  const admin = await forum.asAdmin()
  const before = await appointments(forum)
  await admin.get('/admin/moderators')
  const page = await admin.press('Appoint', { member: 'Nobody', Where: 'General discussion', acts: ['hide', 'lock'] })
  assert.equal(page.status, 422)
  assert.match(page.texts('#field-member-error').join(), /There is no such member\./)
  const form = page.form('Appoint')
  assert.deepEqual([form.value('member'), form.value('Where')], ['Nobody', '3'])
  assert.deepEqual(page.texts('input[name=acts][checked] + label'), ['Hide', 'Lock'])
  const bad: Record<string, string | string[]>[] = [
    { who: 'member', member: 'Ada', forum: '0' },
    { who: 'member', member: 'Ada', forum: '0', acts: 'fly' },
    { who: 'member', member: 'Ada', forum: '99', acts: '*' },
    { who: 'member', member: 'Ada', forum: 'x', acts: '*' },
    { who: 'member', member: '', forum: '0', acts: '*' },
    { who: 'group', group: '', forum: '0', acts: '*' },
    { who: 'group', group: '1', forum: '0', acts: '*' },
    { who: 'group', group: '99', forum: '0', acts: '*' },
    { who: 'everybody', forum: '0', acts: '*' },
    {},
  ]
  for (const fields of bad) {
    assert.equal((await admin.post('/admin/moderators', fields)).status, 422, JSON.stringify(fields))
  }
  assert.deepEqual(await appointments(forum), before)
})
