import assert from 'node:assert/strict'
import { allGroups } from '../../../src/features/groups/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { makeTopic } from '../posts/world.ts'

forumOnBothDatabases('an administrator makes a group that may do what members may', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/groups')
  await admin.click('New group')
  const page = await admin.press('Save', { Name: 'Gardeners', Standing: '20', edit_minutes: '' })
  assert.match(page.text, /[Cc]reated/)
  assert.match(page.text, /Gardeners\s+Made here\s+0\s+20/)
  const group = (await allGroups(forum.db)).find(({ name }) => name === 'Gardeners')
  assert.deepEqual([group?.kind, group?.standing, group?.edit_minutes], ['custom', 20, null])
  const bea = await forum.asMember('Bea', { group: 'Gardeners' })
  assert.match((await bea.get('/topic/1/')).text, /Submit Reply/)
})

forumOnBothDatabases('what is wrong with a group is told at its field', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/groups/new')
  const taken = await admin.press('Save', { Name: ' MEMBERS ', Standing: '30', edit_minutes: '7' })
  assert.equal(taken.status, 422)
  assert.match(taken.texts('#field-name-error').join(), /Another group has this name\./)
  assert.deepEqual([taken.form('Save').value('Standing'), taken.form('Save').value('edit_minutes')], ['30', '7'])
  const bad: Record<string, string>[] = [
    { name: '', standing: '20' },
    { name: 'x'.repeat(41), standing: '20' },
    { name: 'Gods', standing: '1000' },
    { name: 'Nobody', standing: '0' },
    { name: 'Half', standing: '2.5' },
    { name: 'None', standing: '' },
    { name: 'Late', standing: '20', edit_minutes: '-1' },
    { name: 'Never', standing: '20', edit_minutes: 'soon' },
  ]
  for (const fields of bad)
    assert.equal((await admin.post('/admin/groups/new', fields)).status, 422, JSON.stringify(fields))
  assert.equal((await allGroups(forum.db)).length, 4)
})

forumOnBothDatabases('the groups that a forum comes with keep their standing', async forum => {
  const admin = await forum.asAdmin()
  const { id } = (await allGroups(forum.db)).find(group => group.kind === 'administrators') ?? { id: 0 }
  await admin.get(`/admin/groups/${id}`)
  await admin.press('Save', { Name: 'Founders' })
  await admin.post(`/admin/groups/${id}`, { name: 'Founders', standing: '1', edit_minutes: '' })
  const founders = (await allGroups(forum.db)).find(group => group.id === id)
  assert.deepEqual([founders?.name, founders?.standing], ['Founders', 1000])
  assert.equal((await admin.post(`/admin/groups/${id}/delete`, { move_to: '2' })).status, 422)
  assert.equal((await admin.get('/admin/')).status, 200)
})

forumOnBothDatabases('what guests may do is the guests’ group’s', async forum => {
  const guest = forum.asGuest()
  for (const round of [1, 2]) assert.match((await guest.get('/topic/1/')).text, /register later/, `${round}`)
  const admin = await forum.asAdmin()
  await admin.get('/admin/groups')
  await admin.click('Guests')
  await admin.press('Save', { guest_posting: 'May only read' })
  assert.doesNotMatch((await guest.get('/topic/1/')).text, /register later/)
  const wrong = await admin.post('/admin/groups/1', { guest_posting: 'everything' })
  assert.equal(wrong.status, 422)
})

forumOnBothDatabases('a deleted group’s members move, and whoever loses rights loses them at once', async forum => {
  const admin = await forum.asAdmin()
  const mia = await forum.asMember('Mia', { group: 'Moderators' })
  assert.equal((await mia.get('/modcp/')).status, 200)
  const id = (await allGroups(forum.db)).find(({ name }) => name === 'Moderators')?.id ?? 0
  for (const move_to of [String(id), '1', '4', '99', '']) {
    assert.equal((await admin.post(`/admin/groups/${id}/delete`, { move_to })).status, 422, move_to)
  }
  await admin.get(`/admin/groups/${id}`)
  assert.match(admin.page.text, /One member is in it\./)
  const page = await admin.press('Delete this group', { 'Its members move to': 'Members' })
  assert.match(page.text, /The group Moderators is deleted\./)
  assert.equal((await mia.get('/modcp/')).status, 404)
  assert.match((await mia.get('/')).text, /Mia/)
  assert.deepEqual(await forum.db.selectFrom('moderators').selectAll().execute(), [])
  assert.equal((await admin.post(`/admin/groups/${id}/delete`, { move_to: '2' })).url, '/admin/groups')
})

forumOnBothDatabases('the matrix decides what people may read and do from the next request on', async forum => {
  const { topicId } = await makeTopic(forum.db, 4, null, 'How?')
  const guest = forum.asGuest()
  const bea = await forum.asMember('Bea')
  for (const path of ['/', '/', '/forum/4/', '/forum/4/', `/topic/${topicId}/`, `/topic/${topicId}/`]) {
    assert.match((await guest.get(path)).text, /How\?/, path)
  }
  const admin = await forum.asAdmin()
  const here = 'Questions and help'
  await admin.get('/admin/permissions')
  const page = await admin.press('Save permissions', { [`${here}, Guests`]: 'No' })
  assert.match(page.text, /The permissions are saved\./)
  const form = page.form('Save permissions')
  assert.deepEqual([form.value(`${here}, Guests`), form.value(`${here}, Members`)], ['0', ''])
  await admin.get('/admin/permissions?verb=reply&forum=4')
  await admin.press('Save permissions', { [`${here}, Members`]: 'No' })
  assert.doesNotMatch((await guest.get('/')).text, /How\?|Questions and help/)
  for (const path of ['/forum/4/', `/topic/${topicId}/`, `/topic/${topicId}/reply`]) {
    assert.equal((await guest.get(path)).status, 404, path)
  }
  assert.match((await bea.get(`/topic/${topicId}/`)).text, /You may read here, but not reply/)
  assert.equal((await bea.post(`/topic/${topicId}/reply`, { body: 'Still', submission: 'x'.repeat(20) })).status, 403)
  assert.match((await bea.get('/topic/1/')).text, /Submit Reply/)
})

forumOnBothDatabases('a forum inherits what it does not say itself, from everywhere in the end', async forum => {
  const admin = await forum.asAdmin()
  const bea = await forum.asMember('Bea')
  const mayStart = async (id: number) => (await bea.get(`/forum/${id}/new-topic`)).status === 200
  const matrix = '/admin/permissions?verb=start'
  await admin.get(matrix)
  await admin.press('Save permissions', { 'Everywhere, Members': 'No' })
  assert.deepEqual([await mayStart(3), await mayStart(4)], [false, false])
  const said = await admin.press('Save permissions', { 'Community, Members': 'Yes' })
  assert.deepEqual([await mayStart(3), await mayStart(4)], [true, true])
  assert.match(said.text, /Yes – from Community/)
  await admin.press('Save permissions', { 'General discussion, Members': 'No' })
  assert.deepEqual([await mayStart(3), await mayStart(4)], [false, true])

  const other = await forum.asAdmin()
  await other.get(matrix)
  await admin.press('Save permissions', { 'General discussion, Members': '' })
  assert.deepEqual([await mayStart(3), await mayStart(4)], [true, true])
  await other.press('Save permissions', { 'Questions and help, Members': 'No' })
  assert.deepEqual([await mayStart(3), await mayStart(4)], [true, false], 'nothing else is undone')
  await other.get(matrix)
  await admin.get(matrix)
  await admin.press('Save permissions', { 'General discussion, Moderators': 'No' })
  const refused = await other.press('Save permissions', {
    'General discussion, Moderators': 'Yes',
    'Questions and help, Members': 'Yes',
  })
  assert.equal(refused.status, 409)
  assert.match(refused.text, /changed one of these[\s\S]*Now: No/)
  assert.deepEqual([await mayStart(3), await mayStart(4)], [true, false])
  await other.press('Save permissions')
  assert.deepEqual([await mayStart(3), await mayStart(4)], [true, true])

  await admin.get('/admin/log')
  assert.match(admin.page.text, /Start topics · Questions and help · Members: No → Yes/)
  await admin.page.form('Undo').submit()
  assert.deepEqual([await mayStart(3), await mayStart(4)], [true, false])
  const rows = await forum.db.selectFrom('permissions').select('group_id').where('forum_id', '=', 3).execute()
  assert.deepEqual(rows, [{ group_id: 3 }], 'of members nothing is said any more')
})

forumOnBothDatabases(
  'the matrix saved as it stands changes nothing, and takes no rights from administrators',
  async forum => {
    const admin = await forum.asAdmin()
    const all = () =>
      forum.db.selectFrom('permissions').selectAll().orderBy('forum_id').orderBy('group_id').orderBy('verb').execute()
    const before = await all()
    for (const path of ['/admin/permissions', '/admin/permissions?verb=publish&forum=3']) {
      await admin.get(path)
      await Promise.all([admin.press('Save permissions'), admin.page.form('Save permissions').submit()])
    }
    assert.deepEqual(await all(), before)
    const odd = {
      'may-0-4': '0',
      'may-0-99': '1',
      'may-99-2': '1',
      'may-2': '1',
      'may-x-1': '1',
      was: '0.4.1 x',
      forum: '',
    }
    assert.equal((await admin.post('/admin/permissions', odd)).status, 200)
    assert.deepEqual(await all(), before)
    assert.equal((await admin.post('/admin/permissions', { forum: '77' })).status, 404)
    assert.equal((await admin.post('/admin/permissions', { forum: ['1', '2'] })).status, 404)
    assert.equal((await admin.get('/admin/permissions?verb=fly')).status, 404)
  },
)

forumOnBothDatabases('members whose posts do not appear at once wait for approval', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/permissions?verb=publish')
  await admin.press('Save permissions', { 'General discussion, Members': 'No' })
  const bea = await forum.asMember('Bea')
  await bea.get('/topic/1/')
  const page = await bea.press('Submit Reply', { body: 'May I?' })
  assert.match(page.text, /Awaiting approval/)
  assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /May I\?/)
})
