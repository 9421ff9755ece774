import assert from 'node:assert/strict'
import { insertAppointment } from '../../../src/features/groups/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type Visitor } from '../../support/index.ts'
import { makeForums, makeTopic, topicRow } from '../posts/world.ts'
import { appoint } from '../topics/world.ts'
import { everyRow } from './court.ts'

const name = 'Close as duplicate'

/** An administrator puts acts together on the page for it; the number of what came of it. */
async function compose(admin: Visitor, steps: readonly Record<string, string>[], groups = ''): Promise<string> {
  await admin.get('/admin/routines/new')
  await admin.press('Save', groups ? { name, groups } : { name })
  const path = admin.page.url
  for (const { act = '', ...fields } of steps) {
    await admin.get(`${path}?add=${act}`)
    const form = admin.page.form('Add').fill(fields)
    for (const _twice of [1, 2]) await form.submit('Add')
  }
  return path.split('/').at(-1) ?? ''
}

const repliesIn = (db: Db, topicId: number) =>
  db.selectFrom('posts').selectAll().where('topic_id', '=', topicId).where('position', '>', 1).execute()

forumOnBothDatabases('saved acts are done as one by who may do each of them, and taken back as one', async forum => {
  const { db } = forum
  const [here = 0, other = 0] = await makeForums(db, 2)
  const [bea, mia, zoe] = [await forum.member('Bea'), await forum.member('Mia'), await forum.member('Zoe')]
  await appoint(db, mia.id, 0)
  const locksOnly = { member_id: zoe.id, group_id: null, forum_id: here, acts: '["lock"]' }
  await inTransaction(db, tx => insertAppointment(tx, locksOnly))
  const { topicId } = await makeTopic(db, here, bea.id, 'Owls')
  const { topicId: byAdmin } = await makeTopic(db, here, forum.admin.id, 'Rules')
  const outsiders = [forum.asGuest(), await forum.asMember('Bea'), await forum.asMember('Zoe')]
  for (const visitor of [...outsiders, await forum.asMember('Mia')]) {
    assert.equal((await visitor.get('/admin/routines')).status, 404)
    assert.equal((await visitor.post('/admin/routines/new', { name })).status, 404)
  }

  const admin = await forum.asAdmin()
  const saved = await compose(admin, [
    { act: 'lock' },
    { act: 'move', forum: String(other) },
    { act: 'reply', reply: 'We have that **already**.' },
  ])
  for (const act of ['merge', 'ban', 'erase', 'nothing'])
    assert.equal((await admin.post(`/admin/routines/${saved}/steps`, { act, reply: 'x' })).status, 404, act)
  const silent = await admin.post(`/admin/routines/${saved}/steps`, { act: 'reply', reply: ' ' })
  assert.equal(silent.status, 422)
  await admin.get(`/admin/routines/${saved}`)
  const removing = admin.page.form('Remove Move')
  await admin.press('Earlier Reply')
  assert.match((await removing.submit('Remove Move')).text, /had been handled already/)
  await admin.press('Earlier Reply')
  assert.match((await admin.get('/admin/routines')).text, /Reply → Lock → Move/)

  const before = await everyRow(db)
  const order = { saved, topic: String(topicId) }
  for (const [at, visitor] of outsiders.entries()) {
    assert.ok(!(await visitor.get(`/topic/${topicId}/`)).has('[action="/moderate/saved/"]'), String(at))
    const answer = await visitor.post('/moderate/saved/', order)
    assert.ok(answer.status === 403 || /^\/login/.test(answer.url), String(at))
  }
  const minos = await forum.asMember('Mia')
  const wrongs: Record<string, string>[] = [
    { saved: '99', topic: order.topic },
    { saved, topic: 'abc' },
    { saved, topic: '99999' },
    {},
  ]
  for (const wrong of wrongs) assert.equal((await minos.post('/moderate/saved/', wrong)).status, 404)
  assert.equal((await minos.post('/moderate/saved/', { saved, topic: String(byAdmin) })).status, 403)
  assert.deepEqual(await everyRow(db), before, 'nothing is done by halves')

  const page = await minos.get(`/topic/${topicId}/`)
  await page.form(name).submit()
  const row = await topicRow(db, topicId)
  assert.deepEqual([row.forum_id, row.locked_at !== null], [other, true])
  assert.match((await repliesIn(db, topicId))[0]?.html ?? '', /<strong>already<\/strong>/)
  const again = await minos.post('/moderate/saved/', order)
  assert.match(again.text, /handled/i)
  assert.equal((await repliesIn(db, topicId)).length, 1)
  await minos.get(`/topic/${topicId}/`)
  await minos.press('Undo')
  const after = await topicRow(db, topicId)
  assert.deepEqual([after.forum_id, after.locked_at, after.post_count], [here, null, 1])
  assert.equal(
    (await db.selectFrom('moderation_log').select('id').where('undone_at', 'is not', null).execute()).length,
    3,
  )

  await admin.post(`/admin/routines/${saved}`, { name, groups: '1' })
  assert.equal((await minos.post('/moderate/saved/', order)).status, 403, 'it is for another group')
  await admin.post(`/admin/routines/${saved}`, { name })
  await db.updateTable('saved_acts').set({ steps: '[{"act":"move","fields":{"forum":"999"}}]' }).execute()
  assert.match((await minos.post('/moderate/saved/', order)).text, /cannot be done as it is written/)
  assert.equal((await topicRow(db, topicId)).forum_id, here)
  for (const said of [/was deleted\./, /deleted already/])
    assert.match((await admin.post(`/admin/routines/${saved}/delete`)).text, said)
})
