import assert from 'node:assert/strict'
import { saveDraft } from '../../../src/features/drafts/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { makeForums, makeMember, makeTopic, setVerb } from '../posts/world.ts'
import { writingRoom } from '../posts/writing-room.ts'

async function scene(db: Db) {
  const [forum = 0] = await makeForums(db, 1)
  const [ann, ben] = [await makeMember(db, 'Ann'), await makeMember(db, 'Ben')]
  const { topicId } = await makeTopic(db, forum, ann, 'Old jade plants')
  return { forum, topicId, ann, ben }
}

type Text = Parameters<typeof saveDraft>[1]

function keep(db: Db, memberId: number, more: Partial<Text>): Promise<number> {
  const text: Text = {
    memberId,
    forumId: null,
    topicId: null,
    title: null,
    prefix: null,
    body: 'Kept words',
    format: 'markdown',
    reason: 'posts.lost_locked',
  }
  return inTransaction(db, tx => saveDraft(tx, { ...text, ...more }))
}

onBothDatabases('Drafts are for their writer alone', async ({ db, t }) => {
  const { topicId, ann, ben } = await scene(db)
  const id = await keep(db, ann, { topicId })
  const room = await writingRoom(t, db)
  const guest = await room.visit().agent.get('/drafts/').redirects(0)
  assert.deepEqual([guest.status, guest.headers.location], [303, '/login/?return=%2Fdrafts%2F'])
  const other = room.visit(ben)
  assert.doesNotMatch((await other.get('/drafts/')).text, /Kept words/)
  assert.equal((await other.get(`/topic/${topicId}/reply?draft=${id}`)).form('Submit Reply').value('body'), '')
  assert.equal((await other.post(`/drafts/${id}/discard`)).status, 404)
  assert.equal((await room.visit(ann).get('/drafts/')).texts('.card').length, 1)
})

onBothDatabases('The way to the drafts stands in the menu only when there are any', async ({ db, t }) => {
  const { topicId, ann } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ann)
  assert.equal((await visitor.get('/')).has('a[href="/drafts/"]'), false)
  await keep(db, ann, { topicId })
  assert.equal((await visitor.get('/')).has('a[href="/drafts/"]'), true)
})

onBothDatabases(
  'A draft says why it is one, goes on in the reply box, and is gone once it is posted',
  async ({ db, t }) => {
    const { topicId, ann } = await scene(db)
    await keep(db, ann, { topicId })
    const visitor = (await writingRoom(t, db)).visit(ann)
    const list = await visitor.get('/drafts/')
    assert.match(list.text, /Reply to Old jade plants/)
    assert.match(list.text, /was locked while you were writing/)
    const topic = await visitor.click('Continue')
    assert.match(topic.url, /#reply$/)
    assert.equal(topic.form('Submit Reply').value('body'), 'Kept words')
    await visitor.press('Preview')
    const page = await visitor.press('Submit Reply')
    assert.match(page.html, /Kept words/)
    assert.match((await visitor.get('/drafts/')).text, /Nothing is waiting here/)
  },
)

onBothDatabases('A draft of a topic goes on in the form of a new one, title and all', async ({ db, t }) => {
  const { forum, ann } = await scene(db)
  await keep(db, ann, { forumId: forum, title: 'Kept title', reason: null })
  const visitor = (await writingRoom(t, db)).visit(ann)
  await visitor.get('/drafts/')
  const form = (await visitor.click('Continue')).form('Submit Topic')
  assert.deepEqual([form.value('Title'), form.value('body')], ['Kept title', 'Kept words'])
})

onBothDatabases('A draft whose place is out of reach keeps its text and says no more', async ({ db, t }) => {
  const { forum, topicId, ann } = await scene(db)
  await keep(db, ann, { topicId })
  await keep(db, ann, { forumId: forum, title: 'Kept title' })
  await keep(db, ann, { topicId: 4711, body: 'For a topic that is gone' })
  await setVerb(db, forum, 'Members', 'read', false)
  const page = await (await writingRoom(t, db)).visit(ann).get('/drafts/')
  assert.equal(page.count('a.primary'), 0)
  assert.doesNotMatch(page.text, /Old jade plants|Forum 1/)
  assert.match(page.text, /For a topic that is gone/)
})

onBothDatabases('Where one may only read there is no way to go on', async ({ db, t }) => {
  const { forum, topicId, ann } = await scene(db)
  await keep(db, ann, { topicId })
  await setVerb(db, forum, 'Members', 'reply', false)
  const page = await (await writingRoom(t, db)).visit(ann).get('/drafts/')
  assert.match(page.text, /Old jade plants/)
  assert.equal(page.count('a.primary'), 0)
})

onBothDatabases('Discarding takes a draft away, and a second time it is not found', async ({ db, t }) => {
  const { topicId, ann } = await scene(db)
  const id = await keep(db, ann, { topicId })
  const visitor = (await writingRoom(t, db)).visit(ann)
  await visitor.get('/drafts/')
  const page = await visitor.press('Discard')
  assert.match(page.text, /The draft was discarded/)
  assert.equal((await visitor.post(`/drafts/${id}/discard`)).status, 404)
})

onBothDatabases('The same text for the same place is kept once, and of very many the newest', async ({ db }) => {
  const { topicId, ann, ben } = await scene(db)
  await keep(db, ben, { topicId })
  assert.equal(await keep(db, ann, { topicId }), await keep(db, ann, { topicId }))
  for (let n = 0; n < 105; n++) await keep(db, ann, { topicId, body: `Text ${n}` })
  const kept = await db.selectFrom('drafts').select(['member_id', 'body']).orderBy('id').execute()
  const own = kept.filter(draft => draft.member_id === ann)
  assert.deepEqual([own.length, own[0]?.body, own.at(-1)?.body], [100, 'Text 5', 'Text 104'])
  assert.equal(kept.length, 101)
})
