import assert from 'node:assert/strict'
import { forumTree } from '../../../src/features/forums/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type Page, type Visitor } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeReply, makeTopic, setVerb } from '../posts/world.ts'

/** Names in the order of the index, with dashes for how deep each stands. */
async function order(db: Db): Promise<string[]> {
  const lines: string[] = []
  const walk = (nodes: readonly { name: string; children: readonly never[] }[], depth: number) => {
    for (const { name, children } of nodes) {
      lines.push(`${'-'.repeat(depth)}${name}`)
      walk(children, depth + 1)
    }
  }
  walk((await forumTree(db)).roots as never, 0)
  return lines
}

async function create(admin: Visitor, fields: Record<string, string>): Promise<Page> {
  await admin.get('/admin/forums')
  await admin.click(fields['Belongs to'] ? 'New forum' : 'New category')
  return admin.press('Save', fields)
}

forumOnBothDatabases(
  'an administrator creates categories, forums and subforums, which are there at once',
  async forum => {
    const guest = forum.asGuest()
    for (const round of [1, 2]) assert.doesNotMatch((await guest.get('/')).text, /Roses/, `${round}`)
    const admin = await forum.asAdmin()
    const made = await create(admin, { Name: 'Garden', description: 'What grows' })
    assert.match(made.text, /[Cc]reated\./)
    await create(admin, {
      Name: 'Roses',
      description: 'And <thorns>',
      'Belongs to': 'Garden',
      Guests: 'Post under a name',
    })
    await create(admin, { Name: 'Pruning', 'Belongs to': 'Roses' })
    assert.deepEqual(await order(forum.db), [
      'Community',
      '-News and announcements',
      '-General discussion',
      '-Questions and help',
      'Garden',
      '-Roses',
      '--Pruning',
    ])
    const index = await guest.get('/')
    assert.match(index.text, /Garden\n[\s\S]*Roses\n[\s\S]*And <thorns>[\s\S]*Pruning/)
    const { byId } = await forumTree(forum.db)
    assert.deepEqual([byId.get(6)?.ownGuestPosting, byId.get(7)?.guestPosting], ['named', 'named'])
    assert.match((await guest.get('/forum/7/new-topic')).text, /post under a name/)
  },
)

forumOnBothDatabases('a button pressed twice makes one forum, at the same moment too', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/forums/new?parent=1')
  const form = admin.page.form('Save').fill({ Name: 'Roses' })
  await Promise.all([form.submit(), form.submit()])
  await form.submit()
  assert.deepEqual(
    (await order(forum.db)).filter(name => name === '-Roses'),
    ['-Roses'],
  )
})

forumOnBothDatabases('what is missing or wrong is told at its field, with everything typed', async forum => {
  const admin = await forum.asAdmin()
  const page = await create(admin, { Name: '  ', description: 'Kept', 'Belongs to': 'Community' })
  assert.equal(page.status, 422)
  assert.equal(page.attribute('[name=name]', 'aria-invalid'), 'true')
  assert.equal(page.form('Save').value('description'), 'Kept')
  const bad: Record<string, string>[] = [
    { name: 'x'.repeat(81), parent: '1' },
    { name: '\u200b\u2060', parent: '1' },
    { name: 'Lost', parent: '999' },
    { name: 'Lost', parent: '' },
    { name: 'Lost', parent: 'x' },
    { name: 'Lost', parent: '1', guest_posting: 'everything' },
    { name: 'Lost', parent: '1', kind: 'room' },
    { name: 'Category in a category', parent: '1', kind: 'category' },
    { name: 'x', description: 'x'.repeat(501), parent: '1' },
  ]
  for (const fields of bad)
    assert.equal((await admin.post('/admin/forums/new', fields)).status, 422, JSON.stringify(fields))
  assert.equal((await order(forum.db)).length, 4)
  for (const name of ["'; drop table forums; --", '<script>alert(1)</script>', '👩‍👩‍👧 · "quoted"']) {
    assert.equal((await admin.post('/admin/forums/new', { name, parent: '1' })).status, 200, name)
    assert.ok((await forum.asGuest().get('/')).text.includes(name))
  }
})

forumOnBothDatabases('an administrator changes a forum and its place, but not into itself', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/forums/3')
  assert.equal(admin.page.form('Save').value('Name'), 'General discussion')
  const page = await admin.press('Save', {
    Name: 'The lounge',
    description: 'Sit down',
    'Belongs to': 'News and announcements',
  })
  assert.match(page.text, /[Ss]aved\./)
  assert.deepEqual(await order(forum.db), [
    'Community',
    '-News and announcements',
    '--The lounge',
    '-Questions and help',
  ])
  const guest = forum.asGuest()
  assert.equal((await guest.get('/forum/3-general-discussion/')).url, '/forum/3-the-lounge/')
  assert.match(guest.page.text, /The lounge\nSit down/)
  for (const parent of ['2', '3']) {
    const refused = await admin.post('/admin/forums/2', { name: 'News', parent })
    assert.equal(refused.status, 422, parent)
    assert.equal(refused.has('#field-parent-error'), true)
  }
  await admin.post('/admin/forums/1', { name: 'Everything', kind: 'forum', parent: '2' })
  const { byId } = await forumTree(forum.db)
  assert.deepEqual([byId.get(1)?.kind, byId.get(1)?.parentId, byId.get(1)?.name], ['category', null, 'Community'])
  await admin.get('/admin/forums/1')
  await admin.press('Save', { Name: 'Everything' })
  assert.equal((await forumTree(forum.db)).byId.get(1)?.name, 'Everything')
})

forumOnBothDatabases('an administrator puts forums in order, and at the end they stay', async forum => {
  const admin = await forum.asAdmin()
  const guest = forum.asGuest()
  await guest.get('/')
  await admin.get('/admin/forums')
  await admin.press('Move Questions and help up')
  await admin.press('Move Questions and help up')
  await admin.press('Move Questions and help up')
  await admin.press('Move Community up')
  const wanted = ['Community', '-Questions and help', '-News and announcements', '-General discussion']
  assert.deepEqual(await order(forum.db), wanted)
  assert.deepEqual(
    (await guest.get('/')).texts('.row h3').slice(0, 3),
    wanted.slice(1).map(name => name.slice(1)),
  )
  await admin.press('Move General discussion down')
  assert.deepEqual(await order(forum.db), wanted)
})

forumOnBothDatabases(
  'a deleted forum’s topics move where the administrator says, with counts and last posts',
  async forum => {
    const { db } = forum
    const bea = (await forum.member('Bea')).id
    const { topicId } = await makeTopic(db, 4, bea, 'How?')
    await makeReply(db, topicId, null)
    await makeReply(db, topicId, bea, { pendingReason: 'posts.waits_for_all' })
    const hidden = await makeTopic(db, 4, bea, 'Hidden')
    const admin = await forum.asAdmin()
    await admin.post('/moderate/', { act: 'hide', topic: String(hidden.topicId), reason: '' })
    await forum.asGuest().post('/forum/4/new-topic', { title: 'Of a guest', body: 'Kept for later' })
    const guest = forum.asGuest()
    for (const round of [1, 2]) assert.match((await guest.get('/forum/3/')).text, /Welcome!/, `${round}`)
    await admin.get('/admin/forums/4/delete')
    assert.match(admin.page.text, /Questions and help disappears\. Its topics move/)
    const page = await admin.press('Delete Questions and help', { 'Move its content to': 'General discussion' })
    assert.match(page.text, /Questions and help is deleted; what it held has moved\./)
    const there = await guest.get('/forum/3/')
    assert.match(there.text, /How\?/)
    assert.match(there.text, /Welcome!/)
    assert.equal((await guest.get('/forum/4/')).status, 404)
    assert.equal(
      (await guest.get(`/topic/${topicId}/`)).texts('nav ol a, .breadcrumb a').join().includes('General discussion'),
      true,
    )
    assert.match((await guest.get('/')).text, /General discussion[\s\S]*How\?/)
    await assertSound(db)
    assert.deepEqual(await db.selectFrom('claims').select(['forum_id', 'title']).execute(), [
      { forum_id: 3, title: 'Of a guest' },
    ])
    const log = await db.selectFrom('moderation_log').select('forum_id').execute()
    assert.deepEqual(log, [{ forum_id: 3 }])
    const again = await admin.post('/admin/forums/4/delete', { move_to: '3' })
    assert.equal(again.url, '/admin/forums')
    assert.match(again.text, /It was deleted already\./)
  },
)

forumOnBothDatabases('nothing is deleted without a place for what it holds', async forum => {
  const admin = await forum.asAdmin()
  for (const move_to of ['', '3', '1', '999', 'x']) {
    const page = await admin.post('/admin/forums/3/delete', { move_to })
    assert.equal(page.status, 422, move_to)
    assert.equal(page.has('#field-move_to-error'), true, move_to)
  }
  await admin.get('/admin/forums/1/delete')
  assert.match(admin.page.text, /There is no other place of its kind/)
  assert.equal((await admin.post('/admin/forums/1/delete', {})).status, 422)
  assert.equal((await order(forum.db)).length, 4)
  await admin.get('/admin/forums/2/delete')
  assert.equal(admin.page.has('select'), false)
  await admin.press('Delete News and announcements')
  assert.equal((await order(forum.db)).length, 3)
  await assertSound(forum.db)
})

forumOnBothDatabases(
  'a deleted category’s forums move to another, a deleted forum’s subforums move up',
  async forum => {
    const admin = await forum.asAdmin()
    await create(admin, { Name: 'Garden' })
    await create(admin, { Name: 'Roses', 'Belongs to': 'General discussion' })
    await admin.get('/admin/forums/3/delete')
    await admin.press('Delete General discussion', { move_to: '4' })
    assert.deepEqual(await order(forum.db), [
      'Community',
      '-News and announcements',
      '-Questions and help',
      '-Roses',
      'Garden',
    ])
    await admin.get('/admin/forums/1/delete')
    await admin.press('Delete Community', { 'Move its content to': 'Garden' })
    assert.deepEqual(await order(forum.db), ['Garden', '-News and announcements', '-Questions and help', '-Roses'])
    await assertSound(forum.db)
    assert.match((await forum.asGuest().get('/')).text, /Roses/)
  },
)

forumOnBothDatabases('what was below a closed forum does not open when that is deleted', async forum => {
  const { db } = forum
  const admin = await forum.asAdmin()
  await create(admin, { Name: 'Staff', 'Belongs to': 'Community', Guests: 'May only read' })
  await create(admin, { Name: 'Plans', 'Belongs to': 'Staff' })
  await create(admin, { Name: 'Notes', 'Belongs to': 'Staff' })
  for (const group of ['Guests', 'Members']) await setVerb(db, 5, group, 'read', false)
  await setVerb(db, 7, 'Members', 'read', true)
  await setVerb(db, 5, 'Moderators', 'start', false)
  const mia = await forum.member('Mia')
  await db
    .insertInto('moderators')
    .values({ member_id: mia.id, group_id: null, forum_id: 5, acts: '["hide"]' })
    .execute()
  const { topicId } = await makeTopic(db, 6, null, 'Secret plan')
  await admin.get('/admin/forums/5/delete')
  assert.match(admin.page.text, /its subforums move up/)
  await admin.press('Delete Staff')
  assert.deepEqual((await order(db)).slice(-2), ['-Plans', '-Notes'])
  for (const visitor of [forum.asGuest(), await forum.asMember('Bea')]) {
    assert.doesNotMatch((await visitor.get('/')).text, /Plans|Notes|Secret/)
    for (const path of ['/forum/6/', '/forum/7/', `/topic/${topicId}/`])
      assert.equal((await visitor.get(path)).status, 404, path)
  }
  const { byId } = await forumTree(db)
  assert.deepEqual([byId.get(6)?.guestPosting, byId.get(7)?.guestPosting], ['none', 'none'])
  const starts = await db
    .selectFrom('permissions')
    .select(['forum_id', 'allowed'])
    .where('verb', '=', 'start')
    .where('forum_id', '>', 0)
    .orderBy('forum_id')
    .execute()
  assert.deepEqual(starts, [
    { forum_id: 6, allowed: 0 },
    { forum_id: 7, allowed: 0 },
  ])
  const appointed = await db
    .selectFrom('moderators')
    .select(['forum_id', 'acts'])
    .where('member_id', '=', mia.id)
    .orderBy('forum_id')
    .execute()
  assert.deepEqual(appointed, [
    { forum_id: 6, acts: '["hide"]' },
    { forum_id: 7, acts: '["hide"]' },
  ])
})
