import assert from 'node:assert/strict'
import { allGroups } from '../../../src/features/groups/index.ts'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'

async function groupId(forum: TestForum, name: string): Promise<string> {
  return String((await allGroups(forum.db)).find(group => group.name === name)?.id)
}

async function groupOf(forum: TestForum, memberId: number): Promise<string> {
  const { name } = await forum.db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'group_id')
    .select('groups.name')
    .where('members.id', '=', memberId)
    .executeTakeFirstOrThrow()
  return name
}

forumOnBothDatabases('members are found by a part of their name or address, and by group', async forum => {
  for (const name of ['Anna Brown', 'Zoë Ärnst', 'Otto 100% pure', 'under_score.too']) await forum.member(name)
  await forum.member('Mia', { group: 'Moderators' })
  const admin = await forum.asAdmin()
  const found = async (fields: Record<string, string>) => {
    await admin.get('/admin/members')
    return (await admin.press('Find', fields)).texts('tbody th a').sort()
  }
  assert.equal((await found({})).length, 6)
  assert.deepEqual(await found({ q: 'BROWN' }), ['Anna Brown'])
  for (const q of ['ZOË', 'Är', 'zoë ä']) assert.deepEqual(await found({ q }), ['Zoë Ärnst'], q)
  assert.deepEqual(await found({ q: 'anna.b' }), ['Anna Brown'])
  assert.deepEqual(await found({ q: '100%' }), ['Otto 100% pure'])
  assert.deepEqual(await found({ q: 'r_s' }), ['under_score.too'])
  assert.deepEqual(await found({ q: '%' }), ['Otto 100% pure'])
  assert.deepEqual(await found({ q: '\u200b' }), [])
  assert.deepEqual(await found({ q: "' or 1=1 --" }), [])
  assert.deepEqual(await found({ Group: 'Moderators' }), ['Mia'])
  assert.deepEqual(await found({ q: 'anna', Group: 'Moderators' }), [])
  assert.match(admin.page.text, /Nobody found\./)
  assert.equal(admin.page.form('Find').value('q'), 'anna')
  assert.equal((await admin.get(`/admin/members?q=${'x'.repeat(3000)}`)).status, 200)
})

forumOnBothDatabases(
  'a member’s group changes, and with it at once what they may do',
  async forum => {
    const person = await forum.member('Bea')
    const bea = await forum.asMember('Bea')
    const phone = await forum.asMember('Bea')
    const admin = await forum.asAdmin()
    await admin.get('/admin/members?q=bea')
    await admin.click('Bea')
    assert.match(admin.page.text, /bea@example\.org/)
    assert.doesNotMatch(admin.page.html, /\$2[aby]\$/)
    const [before, other] = [bea.cookie('stoa_session'), phone.cookie('stoa_session')]
    const page = await admin.press('Change group', { Group: 'Moderators' })
    assert.match(page.text, /Bea is in another group now\./)
    const mails = await forum.mails('bea@example.org')
    assert.equal(mails.filter(({ text }) => /into the group Moderators/.test(text)).length, 1)
    assert.equal(page.form('Change group').value('Group'), await groupId(forum, 'Moderators'))
    for (const browser of [bea, phone]) assert.equal((await browser.get('/modcp/')).status, 200)
    assert.notEqual(bea.cookie('stoa_session'), before)
    assert.notEqual(phone.cookie('stoa_session'), other)
    const stale = forum.asGuest()
    stale.setCookie('stoa_session', before ?? '')
    assert.equal((await stale.get('/modcp/')).status, 404)
    const profile = await forum.asGuest().get(`/profile/${person.id}/`)
    assert.match(profile.text, /Moderators/)
    await admin.press('Change group', { Group: 'Members' })
    assert.equal((await bea.get('/modcp/')).status, 404)
  },
  { mail: true },
)

forumOnBothDatabases('a group that nobody can be in is refused at the field', async forum => {
  const { id } = await forum.member('Bea')
  const admin = await forum.asAdmin()
  for (const group of [await groupId(forum, 'Guests'), '99', '0', 'x', '']) {
    const page = await admin.post(`/admin/members/${id}/group`, { group })
    assert.equal(page.status, 422, group)
    assert.equal(page.has('#field-group-error'), true, group)
  }
  assert.equal((await admin.post('/admin/members/999/group', { group: '2' })).status, 404)
  assert.equal(await groupOf(forum, id), 'Members')
})

forumOnBothDatabases('nobody acts on an administrator but that one, and the last one stays', async forum => {
  const admin = await forum.asAdmin()
  const own = `/admin/members/${forum.admin.id}`
  await admin.get(own)
  const refused = await admin.press('Change group', { Group: 'Members' })
  assert.equal(refused.status, 422)
  assert.match(refused.texts('#field-group-error').join(), /This is the only administrator/)
  const bea = await forum.member('Bea', { group: 'Administrators' })
  const equal = await admin.post(`/admin/members/${bea.id}/group`, { group: await groupId(forum, 'Members') })
  assert.equal(equal.status, 403)
  assert.match(equal.text, /Nobody can act on someone of equal or higher standing/)
  await admin.get(own)
  const gone = await admin.press('Change group', { Group: 'Members' })
  assert.equal(gone.url, '/')
  assert.match(gone.text, /Ada is in another group now\./)
  assert.equal((await admin.get('/admin/')).status, 404)
  assert.deepEqual([await groupOf(forum, forum.admin.id), await groupOf(forum, bea.id)], ['Members', 'Administrators'])
})

forumOnBothDatabases('of two administrators who leave at the same moment one stays', async forum => {
  const person = await forum.member('Bea', { group: 'Administrators' })
  const [ada, bea] = [await forum.asAdmin(), await forum.asMember('Bea')]
  const group = await groupId(forum, 'Members')
  const left = await Promise.all([
    ada.post(`/admin/members/${forum.admin.id}/group`, { group }),
    bea.post(`/admin/members/${person.id}/group`, { group }),
  ])
  assert.deepEqual(left.map(({ status }) => status).sort(), [200, 422])
})
