import assert from 'node:assert/strict'
import { onBothDatabases } from '../../support/index.ts'
import { makeCourt, makeTalk } from './court.ts'
import { staffRoom } from './staff-room.ts'

onBothDatabases('The notice of an act stays from page to page until it is dismissed', async ({ db, t }) => {
  const { forum, ids } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [])
  const minos = (await staffRoom(t, db)).visit(ids.moderator)
  await minos.post('/moderate/', { act: 'lock', topic: String(topicId) })
  for (const path of ['/', `/topic/${topicId}`, '/modcp/', '/modcp/log/', '/topic/999999', '/'])
    assert.match((await minos.get(path)).text, /The topic was locked\./, path)
  await minos.page.form('form[data-dismiss]').submit()
  assert.deepEqual((await minos.get('/')).texts('.notice'), [])
})

onBothDatabases('Three offers stand in full, and the earlier ones fold into one that leads to the log', async room => {
  const { db, t } = room
  const { forum, ids } = await makeCourt(db)
  const { topicId } = await makeTalk(db, forum, ids.ann, [])
  const { visit } = await staffRoom(t, db)
  const minos = visit(ids.moderator)
  const act = (name: string) => minos.post('/moderate/', { act: name, topic: String(topicId) })
  for (const name of ['lock', 'pin', 'unlock', 'unpin']) await act(name)
  const folded = '1 earlier act can be undone. Log'
  assert.deepEqual((await minos.get('/')).texts('.notice'), [
    folded,
    'The topic was pinned. Undo',
    'The topic was unlocked. Undo',
    'The topic was unpinned. Undo',
  ])
  for (const name of ['lock', 'pin']) await act(name)
  assert.equal((await minos.get('/')).texts('.notice')[0], '3 earlier acts can be undone. Log')
  const log = await minos.get(minos.page.link('.notice a'))
  assert.equal(log.url, `/modcp/log/?by=${ids.moderator}`)
  assert.equal(log.texts('.record').length, 6)

  const elsewhere = visit(ids.admin)
  const entries = await db.selectFrom('moderation_log').select('id').orderBy('id').execute()
  const numbers = entries.map(({ id }) => String(id))
  await elsewhere.post('/modcp/undo/', { entry: [5, 3, 1].map(at => numbers[at] ?? '') })
  assert.deepEqual((await minos.get('/')).texts('.notice'), [
    '2 earlier acts can be undone. Log',
    'The topic was locked. Undo',
  ])
  await minos.page.form('form[data-dismiss]').submit()
  assert.equal((await minos.get('/')).texts('.notice').length, 1)
})

onBothDatabases(
  'However much is done, the offers stay few and are not pushed out by what is said',
  async ({ db, t }) => {
    const { forum, ids } = await makeCourt(db)
    const { topicId } = await makeTalk(db, forum, ids.ann, [])
    const minos = (await staffRoom(t, db)).visit(ids.moderator)
    const fields = { topic: String(topicId), return: '/healthz' }
    for (let i = 0; i < 30; i++)
      for (const act of ['lock', 'unlock']) await minos.post('/moderate/', { ...fields, act })
    for (let i = 0; i < 12; i++) await minos.post('/moderate/', { ...fields, act: 'unlock' })
    const offers = (await minos.get('/')).texts('.notice').filter(text => !text.includes('handled already'))
    assert.equal(offers.length, 4)
    assert.equal(offers[0], 'At least 50 earlier acts can be undone. Log')
  },
)
