import assert from 'node:assert/strict'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases, type Visitor } from '../../support/index.ts'
import { makeMember, makeReply, makeTopic } from '../posts/world.ts'
import { type ReadingRoom, readingRoom } from './reading-room.ts'
import { closeForum, makeForum, withdrawPost, withdrawTopic } from './world.ts'

async function isKept(room: ReadingRoom, guest: Visitor, path: string): Promise<boolean> {
  const before = room.rendered()
  const { status } = await guest.get(path)
  assert.equal(status, 200, path)
  return room.rendered() === before
}

async function world(db: Db) {
  const forum = await makeForum(db, 'Plants')
  const below = await makeForum(db, 'Below', forum)
  const ann = await makeMember(db, 'Ann')
  const { topicId } = await makeTopic(db, forum, ann, 'Ivy')
  return { forum, below, ann, topicId, paths: ['/', `/forum/${forum}-plants/`, `/topic/${topicId}-ivy/`] }
}

onBothDatabases('Guests share a page until something on it changes', async ({ db, t }) => {
  const { below, ann, topicId, paths, forum } = await world(db)
  const room = await readingRoom(t, db)
  const guest = room.visit()
  const reply = await makeReply(db, topicId, ann)
  const changes: [string, () => Promise<unknown>][] = [
    ['a reply', () => makeReply(db, topicId, null)],
    ['a reply withdrawn', () => withdrawPost(db, topicId, reply.id, 'hidden')],
    ['a setting', () => inTransaction(db, tx => writeSettings(tx, { forum_name: 'Porch' }))],
    ['what guests may read', () => closeForum(db, below)],
  ]
  for (const [change, act] of changes) {
    for (const path of paths) await guest.get(path)
    for (const path of paths) assert.ok(await isKept(room, guest, path), `${path} before ${change}`)
    await act()
    for (const path of paths) assert.ok(!(await isKept(room, guest, path)), `${path} after ${change}`)
  }
  const other = await makeTopic(db, forum, null, 'Fern')
  assert.ok(await isKept(room, guest, paths[2] ?? ''))
  assert.match((await guest.get(paths[1] ?? '')).text, /Fern/)
  await withdrawTopic(db, other.topicId, 'deleted')
  for (const path of paths.slice(0, 2)) assert.doesNotMatch((await guest.get(path)).text, /Fern/)
})

onBothDatabases('A page of a forum changes with its subforums, the index with a new member', async ({ db, t }) => {
  const { below, paths } = await world(db)
  const room = await readingRoom(t, db)
  const guest = room.visit()
  for (const path of paths) await guest.get(path)
  await makeMember(db, 'Zoe')
  assert.match((await guest.get('/')).text, /Newest member: Zoe/)
  assert.ok(await isKept(room, guest, paths[1] ?? ''))
  await makeTopic(db, below, null, 'Deep')
  assert.match((await guest.get(paths[1] ?? '')).text, /Deep/)
})

onBothDatabases('What a guest saw is gone at once when it is withdrawn', async ({ db, t }) => {
  const { topicId, paths, forum } = await world(db)
  const guest = (await readingRoom(t, db)).visit()
  const topic = paths[2] ?? ''
  await guest.get(topic)
  await withdrawTopic(db, topicId, 'hidden')
  assert.equal((await guest.get(topic)).status, 404)
  await db.updateTable('topics').set({ hidden_at: null }).execute()
  await closeForum(db, forum)
  assert.equal((await guest.get(topic)).status, 404)
  assert.equal((await guest.get(paths[1] ?? '')).status, 404)
})

onBothDatabases('A quote, a draft and a way to a post are never taken from the shared pages', async ({ db, t }) => {
  const { topicId, paths } = await world(db)
  const room = await readingRoom(t, db)
  const guest = room.visit()
  const topic = paths[2] ?? ''
  await guest.get(topic)
  assert.ok(!(await isKept(room, guest, `${topic}?quote=1`)))
  assert.match((await guest.get(`${topic}?do=getNewComment`)).url, /#post-/)
  assert.ok(await isKept(room, guest, `${topic}?utm_source=letter`))
  assert.equal((await guest.get(`/topic/${topicId}-other/`)).url, topic)
})

onBothDatabases('Every reading counts, and all of it is written later', async ({ db, t }) => {
  const { topicId, paths, ann } = await world(db)
  const room = await readingRoom(t, db)
  const viewsOf = async () =>
    (await db.selectFrom('topics').select('views').where('id', '=', topicId).executeTakeFirstOrThrow()).views
  for (let n = 0; n < 3; n++) await room.visit().get(paths[2] ?? '')
  await room.visit(ann).get(paths[2] ?? '')
  await room.visit().agent.head(paths[2] ?? '')
  assert.equal(await viewsOf(), 0)
  await room.views.flush()
  assert.equal(await viewsOf(), 4)
  await room.views.flush()
  assert.equal(await viewsOf(), 4)
  const jobs = await db.selectFrom('jobs').select('name').execute()
  assert.deepEqual(
    jobs.map(job => job.name),
    ['posts.refresh-counts'],
  )
})

onBothDatabases('Views that cannot be written are kept for the next time', async ({ db, t }) => {
  const { topicId } = await world(db)
  const { views } = await readingRoom(t, db)
  views.count(topicId)
  await assert.rejects(inTransaction(db, () => views.flush()))
  views.count(topicId)
  await views.flush()
  const topic = await db.selectFrom('topics').select('views').where('id', '=', topicId).executeTakeFirst()
  assert.equal(topic?.views, 2)
})
