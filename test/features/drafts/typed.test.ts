import assert from 'node:assert/strict'
import { purgeTyped } from '../../../src/features/drafts/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import type { Visitor } from '../../support/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { makeForums, makeMember, makeTopic, setVerb } from '../posts/world.ts'
import { writingRoom } from '../posts/writing-room.ts'

async function scene(db: Db) {
  const [forum = 0] = await makeForums(db, 1)
  const [ann, ben] = [await makeMember(db, 'Ann'), await makeMember(db, 'Ben')]
  const { topicId } = await makeTopic(db, forum, ann, 'Old jade plants')
  return { forum, topicId, ann, ben, place: `topic:${topicId}` }
}

type Fields = Record<string, string | number>

interface Answer {
  readonly status: number
  readonly body: string
  readonly at: number
  /** There was another text, which stays. */
  readonly isOther: boolean
}

async function types(visitor: Visitor, fields: Fields): Promise<Answer> {
  const sent = Object.entries({ format: 'markdown', ...fields }).map(([name, value]) => [name, String(value)])
  const { status, html } = await visitor.post('/drafts/typed', Object.fromEntries(sent))
  return { status, ...JSON.parse(html) }
}

function stored(db: Db) {
  return db.selectFrom('drafts').select(['member_id', 'place', 'body']).orderBy('id').execute()
}

onBothDatabases('What a member types is saved over what they went on from and over nothing else', async ({ db, t }) => {
  const { place, ann, ben } = await scene(db)
  const room = await writingRoom(t, db)
  const [home, phone, other] = [room.visit(ann), room.visit(ann), room.visit(ben)]
  const first = await types(home, { place, body: 'One' })
  assert.equal(first.status, 200)
  const second = await types(home, { place, body: 'One two', base: first.at })
  assert.ok(second.at > first.at)
  const refused = await types(phone, { place, body: 'Shorter', base: first.at })
  assert.deepEqual([refused.isOther, refused.body, refused.at], [true, 'One two', second.at])
  assert.equal((await types(phone, { place, body: 'Shorter' })).isOther, true)
  assert.equal((await types(phone, { place, body: 'One two' })).at, second.at)
  assert.equal((await types(phone, { place, body: 'Shorter', base: second.at })).isOther, false)
  assert.equal((await types(other, { place, body: 'Of another' })).status, 200)
  assert.deepEqual(await stored(db), [
    { member_id: ann, place, body: 'Shorter' },
    { member_id: ben, place, body: 'Of another' },
  ])
  const raced = await Promise.all([1, 2, 3].map(n => types(home, { place: 'forum:1', title: 'T', body: `Text ${n}` })))
  assert.equal(raced.filter(({ isOther }) => isOther).length, 2)
})

onBothDatabases('Only members save there, in their own name, at a place, and not without end', async ({ db, t }) => {
  const { place, topicId, ann, ben } = await scene(db)
  const room = await writingRoom(t, db)
  const [guest, visitor] = [room.visit(), room.visit(ann)]
  assert.equal((await types(guest, { place, body: 'One' })).status, 403)
  assert.equal((await guest.post('/drafts/cleared', { place })).status, 403)
  for (const wrong of ['topic:0', 'topic:x', 'topic:9999999999', 'claim:1', ''])
    assert.equal((await types(visitor, { place: wrong, body: 'One' })).status, 422, wrong)
  assert.equal((await types(visitor, { place, body: 'x'.repeat(300_001) })).status, 422)
  assert.equal((await types(visitor, { place, body: 'One', base: 'abc' })).status, 200)
  assert.equal((await types(room.visit(ben), { place, body: 'Of Ben' })).status, 200)
  await visitor.post('/drafts/cleared', { place, at: '1' })
  assert.equal((await stored(db)).length, 2)
  await visitor.post('/drafts/cleared', { place })
  assert.deepEqual(
    (await stored(db)).map(({ member_id }) => member_id),
    [ben],
  )
  const many = await Promise.all(
    Array.from({ length: 60 }, (_, n) => types(visitor, { place: `post:${n + 1}`, body: 'One' })),
  )
  assert.ok(many.every(({ status }) => status === 200))
  await types(visitor, { place: 'post:61', body: 'One' })
  assert.equal((await stored(db)).filter(({ member_id }) => member_id === ann).length, 50)
  const more = await Promise.all(Array.from({ length: 40 }, () => types(visitor, { place, body: 'One' })))
  assert.ok(more.some(({ status }) => status === 429))
  assert.doesNotMatch((await room.visit(ben).get(`/topic/${topicId}/`)).html, /Of Ann|&quot;One/)
})

onBothDatabases('A time that nobody saved anything at is no time to go on from', async ({ db, t }) => {
  const { place, ann } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ann)
  for (const base of [Number.MAX_SAFE_INTEGER, Date.now() + 1e10]) {
    const { status, at } = await types(visitor, { place, body: 'One', base })
    assert.deepEqual([status, at <= Date.now()], [200, true])
    assert.match((await visitor.get('/drafts/')).text, /One/)
    await visitor.post('/drafts/cleared', { place })
  }
})

onBothDatabases('What a member keeps while they type is no more than a page can list', async ({ db, t }) => {
  const { ann } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ann)
  for (const n of [1, 2, 3, 4, 5]) {
    await types(visitor, { place: `post:${n}`, body: 'One' })
    await db.deleteFrom('rate_limits').execute()
  }
  for (const n of [2, 3, 4, 5]) {
    const { at: base } = await db
      .selectFrom('drafts')
      .select('created_at as at')
      .where('place', '=', `post:${n}`)
      .executeTakeFirstOrThrow()
    assert.equal((await types(visitor, { place: `post:${n}`, body: 'x'.repeat(300_000), base })).status, 200)
    await db.deleteFrom('rate_limits').execute()
  }
  assert.deepEqual(
    (await stored(db)).map(({ place }) => place),
    ['post:3', 'post:4', 'post:5'],
  )
})

onBothDatabases(
  'What was typed waits on the page where it was, is on the list, and goes on without a script',
  async ({ db, t }) => {
    const { forum, place, topicId, ann } = await scene(db)
    const room = await writingRoom(t, db)
    const visitor = room.visit(ann)
    const path = `/topic/${topicId}/`
    assert.match((await visitor.get(path)).html, /data-kept="null"/)
    await types(visitor, { place, body: 'Leaves <fall>' })
    const page = await visitor.get(path)
    assert.match(page.html, /data-kept="%7B[^"]*Leaves%20%3Cfall%3E/)
    assert.doesNotMatch((await room.visit().get(path)).html, /data-kept|data-member|Leaves/)
    const opening = await db.selectFrom('posts').select('id').where('topic_id', '=', topicId).executeTakeFirstOrThrow()
    await types(visitor, { place: `post:${opening.id}`, title: 'Old jade plants', body: 'A better text' })
    const list = await visitor.get('/drafts/')
    assert.match(list.text, /Edit of a post in Old jade plants[\s\S]*Saved as you typed[\s\S]*Reply to Old jade plants/)
    await visitor.click('Continue')
    assert.equal(visitor.page.form('Save').value('body'), 'A better text')
    await visitor.press('Save')
    assert.deepEqual(
      (await stored(db)).map(({ body }) => body),
      ['Leaves <fall>'],
    )
    await visitor.get('/drafts/')
    await visitor.click('Continue')
    await visitor.press('Submit Reply')
    assert.deepEqual(await stored(db), [])
    await types(visitor, { place, body: 'Leaves again' })
    await setVerb(db, forum, 'Members', 'read', false)
    const gone = await visitor.get('/drafts/')
    assert.doesNotMatch(gone.text, /Old jade plants/)
    assert.match(gone.text, /Leaves again/)
  },
)

onBothDatabases(
  'Sending takes it away with the post, a refusal and an undecided choice leave it',
  async ({ db, t }) => {
    const { place, forum, topicId, ann } = await scene(db)
    const visitor = (await writingRoom(t, db)).visit(ann)
    const path = `/topic/${topicId}/reply`
    await types(visitor, { place, body: 'Of the other device' })
    await visitor.post(path, { body: '', format: 'markdown' })
    assert.equal((await stored(db)).length, 1)
    await visitor.post(path, { body: 'Sent', format: 'markdown', undecided: '1' })
    assert.equal((await stored(db)).length, 1)
    await visitor.post(path, { body: 'Sent again', format: 'markdown' })
    assert.deepEqual(await stored(db), [])
    await types(visitor, { place: `forum:${forum}`, title: 'Old', body: 'Old words' })
    await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topicId).execute()
    await types(visitor, { place, body: 'Too late' })
    await visitor.post(path, { body: 'Undecided', format: 'markdown', undecided: '1' })
    assert.deepEqual(
      (await stored(db)).map(({ body }) => body),
      ['Old words', 'Too late', 'Undecided'],
    )
    await db.deleteFrom('drafts').where('body', '=', 'Undecided').execute()
    await visitor.post(path, { body: 'Too late', format: 'markdown' })
    const kept = await db.selectFrom('drafts').select(['place', 'reason']).orderBy('id').execute()
    assert.deepEqual(kept, [
      { place: `forum:${forum}`, reason: null },
      { place: null, reason: 'posts.lost_locked' },
    ])
    const month = 30 * 24 * 60 * 60 * 1000
    assert.equal(await purgeTyped(db, Date.now() + month - 60_000), 0)
    assert.equal(await purgeTyped(db, Date.now() + month + 60_000), 1)
    assert.equal((await stored(db)).length, 1)
  },
)
